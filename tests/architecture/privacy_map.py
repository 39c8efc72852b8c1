"""What is each field, and who may know it? One line per category of every table (quality 2.6).

A new field is written down here, or ``test_privacy_map`` fails and names it. History tables follow their own table.

The frame is read by parts (:mod:`consent.knowledge`, domain C3); content through the one rule (:mod:`consent.visibility`),
by its kind of row and, where a row has one, its domain; the rest by who works where.
"""

from dataclasses import dataclass

from consent.visibility import RowKind


@dataclass(frozen=True)
class Privacy:
    """One category. ``kind`` and ``by_domain`` belong to content: what a consent for a domain opens, or does not."""

    name: str
    kind: RowKind | None = None
    by_domain: bool = False


def content(kind: RowKind) -> Privacy:
    """Content with a domain: a ground for that domain opens the row."""
    return Privacy("content", kind, by_domain=True)


def inner(kind: RowKind) -> Privacy:
    """Content without a domain: no consent opens it; only its owner, whom it is addressed to, or the law by kind."""
    return Privacy("content", kind)


KEY = Privacy("key")
"""Names a row; says nothing by itself."""
TECHNIQUE = Privacy("technique")
"""Versions, leases, places in a feed."""
REFERENCE = Privacy("reference")
"""Organisations, law and calendar: public, or about nobody in detention."""
ACCOUNT = Privacy("account")
"""People and software that work here."""
NUMBER = Privacy("frame: number")
"""Everybody who takes part, and the functionaris gegevensbescherming."""
NAME = Privacy("frame: name")
"""On a ground: the law for PI, gemeenten and the reclassering on a title, consent for the others."""
IDENTITY = Privacy("frame: identity")
"""PI, gemeenten, the reclassering on a title or with consent; never a netwerkpartner (C3: no BSN)."""
STAY = Privacy("frame: stay")
"""Dates and place: PI, gemeenten, the reclassering on a title, a netwerkpartner with consent (R21-R24)."""
TITLE = Privacy("frame: title")
"""Why somebody is inside, and under what title he leaves: PI, and the reclassering on a title."""
WORK = Privacy("frame: work")
"""Who takes part, terms, tasks and messages: each party its own, and what cases.rules lets it know of others."""
MEETING = Privacy("meeting")
"""When, where and who was there: the organisation that meets, and of an invited party its own part."""
CONSENT = Privacy("consent")
"""What the detainee decided, and what was given to whom: the PI, and each receiver about itself."""
RULE = Privacy("rule")
"""By which the one rule judges a row of content: case, owner, domain, to whom."""
CHANNEL = Privacy("own channel")
"""BIJ and 18b: the recipient's one role, and the role that sends it in the PI; nobody by taking part (ADR 0013)."""
MESSAGE = Privacy("message")
"""Detention messages as they came: the PI that they name."""
EMERGENCY = Privacy("emergency")
"""Why somebody used noodtoegang: he himself and the functionaris gegevensbescherming of his organisation."""
LEDGER = Privacy("ledger")
"""Who did what and what was processed: each controller its own; never with content."""

KNOWN_AT = {
    "zaaknummer": frozenset({NUMBER}),
    "naam": frozenset({NAME}),
    "identiteit": frozenset({NAME, IDENTITY}),
    "detentie": frozenset({STAY}),
    "verloop": frozenset({TITLE}),
}
"""Which categories each part of the frame tells, by its name in ``manage.py access_table``."""

ROW = {KEY: "id", RULE: "case owner domain", TECHNIQUE: "version created_at changed_at"}
"""What every row of content has."""

FIELDS: dict[str, dict[Privacy, str]] = {
    "parties.Organisation": {
        KEY: "id",
        REFERENCE: "kind code name parent_name place municipality region facility_kinds verified email phone"
        " valid_from valid_until successor connected_since connected_until",
        TECHNIQUE: "group",
    },
    "parties.User": {
        KEY: "id",
        ACCOUNT: "email name phone password last_login date_joined is_active is_staff is_superuser"
        " groups user_permissions",
    },
    "parties.Role": {KEY: "id", ACCOUNT: "user organisation kind unit since until"},
    "parties.BijMandate": {KEY: "id", REFERENCE: "municipality safety_house since until"},
    "parties.ApiClient": {
        KEY: "id",
        ACCOUNT: "client_id client_secret name owner organisation role_kind since until user created updated",
        TECHNIQUE: "redirect_uris post_logout_redirect_uris client_type authorization_grant_type"
        " hash_client_secret skip_authorization algorithm allowed_origins registration_source cimd_expires_at",
    },
    "parties.LinkRequest": {KEY: "id", ACCOUNT: "email asked_at", TECHNIQUE: "take_from"},
    "parties.IdempotentCall": {
        KEY: "id object_id",
        TECHNIQUE: "client key request_digest status version expires_at",
    },
    "parties.AuditLine": {
        LEDGER: "id at trace_id span_id user client organisation role_kind channel action object_kind object_id"
        " outcome detail"
    },
    "parties.ProcessingLine": {
        LEDGER: "id at trace_id span_id organisation activity subject_id case_id ground domains outcome"
    },
    "parties.Receipt": {TECHNIQUE: "id table_name row_id width digest xact"},
    "parties.Seal": {
        TECHNIQUE: "id number made_at floor since snapshot first_receipt last_receipt receipts content key_id"
        " digest"
    },
    "cases.Detainee": {
        KEY: "id",
        NAME: "first_names prefix surname",
        IDENTITY: "bsn chain_number birth_date sex",
    },
    "cases.Case": {
        KEY: "id detainee previous",
        NUMBER: "number",
        IDENTITY: "origin_municipality resettlement_municipality",
        STAY: "phase announced_for entered_at expected_release_on released_at",
        TITLE: "detention_number inflow_type custody_title phase_since phase_before phase_reason extramural_ground"
        " programme programme_since programme_reason post_release_title last_mdo_held_on",
        TECHNIQUE: "origin_set_by_hand version changed_at",
    },
    "cases.FacilityStay": {KEY: "id case detainee", STAY: "facility since until"},
    "cases.CaseParty": {
        KEY: "id key case",
        WORK: "party capacity assignment on_title unit named_only worker since until is_open next_deadline",
        TECHNIQUE: "changed_at fed_at in_feed",
    },
    "cases.NamedPerson": {KEY: "id case", WORK: "organisation user since until"},
    "cases.EmergencyAccess": {
        KEY: "id case",
        WORK: "organisation user role_kind since until",
        EMERGENCY: "reason seen_by seen_at",
    },
    "cases.Absence": {KEY: "id", ACCOUNT: "organisation user deputy since until"},
    "cases.SavedView": {KEY: "id", ACCOUNT: "user organisation name filters is_start"},
    "cases.FeedMark": {TECHNIQUE: "party previous read_until"},
    "cases.CaseGroupPermission": {KEY: "id content_object", WORK: "group permission"},
    "cases.DetentionMessage": {
        KEY: "id key message_id case",
        MESSAGE: "kind detention_number chain_number bsn facility sent_at effective_at received_at body status"
        " reason_code reason settled_by settled_note",
        TECHNIQUE: "content_digest client",
    },
    "cases.Notification": {
        KEY: "id key case",
        WORK: "event stage kind organisation recipient channel resource created_at read_at",
        TECHNIQUE: "deliver_from leased_until attempts delivered_at failed_at failure settled_at position",
    },
    "cases.MessageWish": {KEY: "id", ACCOUNT: "user topic in_app by_mail"},
    "cases.Heartbeat": {TECHNIQUE: "job at behind"},
    "cases.Deadline": {
        KEY: "id case",
        WORK: "step step_valid_from capacity round starts_on raw_due_on due_on skipped_days explanation status"
        " closed_on suspended_on suspended_until suspension_reason pauses",
    },
    "cases.Suspension": {
        KEY: "id case deadline",
        WORK: "party reason note state since until asked_by decided_by decided_at ended_on ended_by",
    },
    "cases.CaseTask": {KEY: "id case", WORK: "party kind about explanation opened_at done_at done_by"},
    "cases.EquatedDay": {KEY: "id", REFERENCE: "on source ended applied_at"},
    "cases.RegionalAgreement": {
        KEY: "id",
        REFERENCE: "step municipality valid_from valid_until source verified applied_at",
    },
    "consent.Consent": {
        KEY: "id case",
        CONSENT: "domain recipient answer given_at sequence valid_until declaration_number text_version evidence"
        " form_language easy_form language explained_how representative recorded_at recorded_by recorded_for withdrawn_at"
        " withdrawal_reason replaced_by",
    },
    "consent.StatutoryGround": {
        KEY: "id",
        REFERENCE: "code article capacity row_kind domain owner_kind organisation role with_title per_case"
        " needs_necessity valid_from valid_until source verified",
    },
    "consent.CaseGround": {
        KEY: "id case",
        CONSENT: "code recipient subject necessity reference since until ended_at end_reason recorded_at recorded_by"
        " recorded_for",
    },
    "consent.Scan": {
        KEY: "id case",
        CONSENT: "declaration_number content sha256 size media_type added_at added_by added_for replaced_at",
    },
    "consent.ThirdPartyConsent": {
        KEY: "id case subject",
        CONSENT: "role recipient answer given_at sequence valid_until evidence explained_how recorded_at recorded_by"
        " recorded_for withdrawn_at withdrawal_reason replaced_by",
    },
    "consent.Disclosure": {
        KEY: "id case",
        CONSENT: "sender recipient recipient_text kind document_id document_version domains grounds necessity at"
        " given_by opened_at",
    },
    "plans.DomainRecord": {
        **ROW,
        content(
            RowKind.DOMAIN_RECORD
        ): "status support_answer support_request question_set facts recorded_by",
    },
    "plans.Contribution": {**ROW, content(RowKind.CONTRIBUTION): "kind text since until recorded_by"},
    "plans.Note": {
        **ROW,
        RULE: f"{ROW[RULE]} kind",
        inner(RowKind.INTERNAL_NOTE): "text noted_on recorded_by",
    },
    "plans.NetworkMember": {
        **ROW,
        RULE: f"{ROW[RULE]} is_victim",
        content(RowKind.NETWORK_MEMBER): "name relation phone no_contact family_approach recorded_by",
    },
    "plans.Address": {
        **ROW,
        RULE: f"{ROW[RULE]} secrecy",
        content(RowKind.ADDRESS): "purpose street number postcode place municipality since until recorded_by",
    },
    "plans.InstrumentResult": {**ROW, inner(RowKind.INSTRUMENT): "kind outcome taken_on note recorded_by"},
    "plans.ChildCheck": {
        **ROW,
        inner(RowKind.CHILD_CHECK): "answer is_urgent asked_on contacted_on contacted_who recorded_by",
    },
    "plans.ContentTerm": {
        **ROW,
        RULE: f"{ROW[RULE]} kind step status",
        content(RowKind.DOMAIN_RECORD): "about step_valid_from capacity round starts_on raw_due_on due_on"
        " skipped_days explanation closed_on",
    },
    "plans.TermMark": {KEY: "case", TECHNIQUE: "case_version calendar computed_on", IDENTITY: "birth_date"},
    "plans.SafetyReport": {
        KEY: "id",
        CHANNEL: "case owner kind recipient occasion expected_on ground sent_at sent_by received_at measures"
        " measures_taken_at closes_on destroy_on destroyed_at recalled_at recall_reason is_data_breach",
    },
    "plans.SafetyReportText": {
        KEY: "id",
        CHANNEL: "report name birth_date address offence conditions risk request",
    },
    "plans.InformationSheet": {
        **ROW,
        RULE: f"{ROW[RULE]} recipient",
        inner(RowKind.SHEET): "kind number state issued_at issued_by ended_at opened_at contact",
    },
    "plans.SheetPart": {
        **ROW,
        RULE: f"{ROW[RULE]} recipient sheet",
        content(RowKind.SHEET): "ground content",
    },
    "plans.Plan": {
        **ROW,
        inner(
            RowKind.PLAN
        ): "state lead care_part security_part reintegration_part discussed_on detainee_view"
        " detainee_note adopted_on adopted_number",
    },
    "plans.Goal": {**ROW, content(RowKind.GOAL): "plan kind text state"},
    "plans.Action": {
        **ROW,
        RULE: f"{ROW[RULE]} assignee",
        content(RowKind.ACTION): "goal worker text due_on state result closed_at closed_by decision_id",
    },
    "plans.PlanVersion": {**ROW, inner(RowKind.PLAN): "plan number adopted_on meeting_id inner_part"},
    "plans.PlanVersionPart": {**ROW, content(RowKind.GOAL): "plan_version content"},
    "plans.PlanReaction": {**ROW, inner(RowKind.PLAN): "answer note plan_version_number recorded_by"},
    "meetings.Meeting": {
        KEY: "id",
        MEETING: "organisation kind starts_at place link minutes_per_item chair deputy secretary state held_at"
        " chaired_by cancel_reason",
        TECHNIQUE: "version",
    },
    "meetings.Attendance": {KEY: "id meeting", MEETING: "organisation person present reason"},
    "meetings.AgendaPrint": {
        KEY: "id meeting",
        MEETING: "serial for_organisation paper printed_by printed_at with_notes case_ids outdated_at",
    },
    "meetings.AgendaItem": {
        **ROW,
        inner(RowKind.AGENDA_ITEM): "meeting position kind minutes discussed removed_at",
    },
    "meetings.ItemNote": {
        **ROW,
        inner(RowKind.AGENDA_ITEM): "item kind proposal detainee_present detainee_absence_reason",
    },
    "meetings.Invitation": {
        KEY: "id item case",
        MEETING: "organisation invited_at expected_at answer answered_at withdrawn_at",
    },
    "meetings.Decision": {
        **ROW,
        RULE: f"{ROW[RULE]} item",
        content(RowKind.DECISION): "kind text decided_at assignee due_on",
    },
}
"""Every field of every table of our apps, under its category."""

HISTORY_LINE = "history_id history_date history_change_reason history_type history_user_id"
"""What a history table has beside the fields of its own table: who changed it, when and why."""


def fields_of(label: str) -> dict[str, Privacy]:
    """The category of each field of one table."""
    return {name: privacy for privacy, names in FIELDS.get(label, {}).items() for name in names.split()}


def content_fields(label: str) -> dict[str, Privacy]:
    """The fields of one table that hold content."""
    return {name: privacy for name, privacy in fields_of(label).items() if privacy.kind is not None}
