"""The pages of cases."""

from django.urls import URLPattern, URLResolver, path

from cases.views import (
    case_list,
    changes,
    detail,
    emergency,
    history,
    inbox,
    messages,
    releases,
    report,
    shielding,
    terms,
    work,
    worklist,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", worklist.start, name="start"),
    path("werk/<slug:soort>/", work.all_work, name="work"),
    path("ontslag/", releases.releases, name="releases"),
    path("rapportage/", report.report, name="report"),
    path("meldingen/", messages.detention_messages, name="detention-messages"),
    path("meldingen/<uuid:key>/opnieuw/", messages.retry, name="retry-message"),
    path("meldingen/<uuid:key>/afhandelen/", messages.settle, name="settle-message"),
    path("berichten/", inbox.inbox, name="inbox"),
    path("berichten/gelezen/", inbox.read_all, name="inbox-read"),
    path("berichten/<uuid:key>/openen/", inbox.open_message, name="open-message"),
    path("zaken/", case_list.case_list, name="cases"),
    path("zaken/<uuid:pk>/", detail.case_detail, name="case"),
    path("zaken/<uuid:pk>/termijnen/", terms.case_terms, name="case-terms"),
    path("zaken/<uuid:pk>/geschiedenis/", history.case_history, name="case-history"),
    path("zaken/<uuid:pk>/behandelaar/", changes.assign_worker, name="assign-worker"),
    path("zaken/<uuid:pk>/reclassering/", changes.involve_probation, name="involve-probation"),
    path("zaken/<uuid:pk>/netwerkpartner/", changes.involve_partner, name="involve-partner"),
    path("zaken/<uuid:pk>/betrokken/<uuid:key>/beeindigen/", changes.end_involvement, name="end-involvement"),
    path("zaken/<uuid:pk>/hervestiging/", changes.choose_resettlement, name="choose-resettlement"),
    path("zaken/<uuid:pk>/herkomst/", changes.set_origin, name="set-origin"),
    path("zaken/<uuid:pk>/afscherming/", shielding.shielding, name="shielding"),
    path("zaken/<uuid:pk>/afscherming/opheffen/", shielding.lift, name="lift-shield"),
    path("zaken/<uuid:pk>/afscherming/<uuid:named_id>/beeindigen/", shielding.unname, name="unname"),
    path("noodtoegang/", emergency.emergency, name="emergency"),
    path("noodtoegang/gebruik/", emergency.emergency_uses, name="emergency-uses"),
    path("noodtoegang/<uuid:access_id>/bekeken/", emergency.emergency_seen, name="emergency-seen"),
    path("zaken/<uuid:pk>/taken/<uuid:task_id>/afdoen/", changes.finish_task, name="finish-task"),
]
