"""The pages of consent."""

from django.urls import URLPattern, URLResolver, path

from consent.views import decisions, former, matrix, prints, reading_log, reliance, scans, soon, view_as

urlpatterns: list[URLPattern | URLResolver] = [
    path("toestemmingen/", soon.ending_soon, name="consent_soon"),
    path("zaken/<uuid:pk>/toestemming/", matrix.consent_page, name="consent"),
    path(
        "zaken/<uuid:pk>/toestemming/ontvanger/<uuid:organisation>/vastleggen/",
        decisions.record_decision,
        name="consent_decide",
    ),
    path(
        "zaken/<uuid:pk>/toestemming/ontvanger/<uuid:organisation>/intrekken/",
        decisions.withdraw_all,
        name="consent_withdraw_all",
    ),
    path(
        "zaken/<uuid:pk>/toestemming/<uuid:consent>/intrekken/", decisions.withdraw, name="consent_withdraw"
    ),
    path(
        "zaken/<uuid:pk>/toestemming/ontvanger/<uuid:organisation>/grondslag/",
        reliance.rely,
        name="consent_rely",
    ),
    path(
        "zaken/<uuid:pk>/toestemming/grondslag/<uuid:ground>/beeindigen/",
        reliance.end,
        name="consent_end_reliance",
    ),
    path("zaken/<uuid:pk>/bekijk-als/<uuid:organisation>/", view_as.view_as, name="view-as"),
    path("zaken/<uuid:pk>/toestemming/<uuid:consent>/scan/", scans.scan_page, name="consent_scan"),
    path("zaken/<uuid:pk>/toestemming/scan/<uuid:scan>/", scans.scan_file, name="consent_scan_file"),
    path("zaken/<uuid:pk>/toestemming/verklaring.pdf", prints.declaration, name="consent_declaration"),
    path("zaken/<uuid:pk>/toestemming/intrekking.pdf", prints.withdrawal, name="consent_withdrawal"),
    path("eerder/", former.former_list, name="former_list"),
    path("eerder/<uuid:pk>/", former.former_case, name="former_case"),
    path("eerder/<uuid:pk>/overzicht.pdf", former.former_print, name="former_print"),
    path("zaken/<uuid:pk>/inzage/", reading_log.reading_log, name="reading_log"),
    path("zaken/<uuid:pk>/inzage/overzicht.pdf", prints.overview, name="reading_log_print"),
]
