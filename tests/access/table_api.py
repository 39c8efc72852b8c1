"""The API: software with a token. ``thin`` is the reclassering involved with the scope of the feed only."""

TABLE = """
deur               methode none  web   pi  gor  rec  net  xpi  xre  bij   fg thin  msg
# Aanmelden en beschrijving
oauth_token        POST     400  400  400  400  400  400  400  400  400  400  400  400
api_document       GET      200  200  200  200  200  200  200  200  200  200  200  200
# Een traject
api_cases          GET      401  401  200  200  200  200  200  200  403  403  403  403
api_case           GET      401  401  200  200  200  200  404  404  404  403  403  403
api_deadlines      GET      401  401  200  200  200  403  404  404  404  403  403  403
api_domains        GET      401  401  200  200  200  200  404  404  404  403  403  403
api_contributions  GET      401  401  200  200  200  200  404  404  404  403  403  403
api_contributions  POST     401  401  403  400  400  403  404  404  404  403  403  403
api_sheets         GET      401  401  200  200  200  200  404  404  404  403  403  403
api_sheet          GET      401  401  404  200  404  404  404  404  404  403  403  403
api_sheet_print    GET      401  401  404  200  404  404  404  404  404  403  403  403
api_plan           GET      401  401  200  200  200  200  404  404  404  403  403  403
api_plan_reactions GET      401  401  200  200  200  200  404  404  404  403  403  403
api_plan_reactions POST     401  401  403  400  400  403  404  404  404  403  403  403
# Acties en overleggen: de actie is van gor, gor en net zijn uitgenodigd
api_actions        GET      401  401  200  200  200  200  200  200  403  403  403  403
api_action         GET      401  401  200  200  404  404  404  404  404  404  403  403
api_action         PATCH    401  401  428  428  404  404  404  404  404  404  403  403
api_meetings       GET      401  401  200  200  200  200  200  200  403  403  403  403
api_meeting        GET      401  401  200  200  404  200  404  404  404  404  403  403
# Stroom, meldingen en referentiegegevens
api_events         GET      401  401  200  200  200  200  200  200  403  403  200  403
api_messages       POST     401  401  403  403  403  403  403  403  403  403  403  400
api_organisations  GET      401  401  200  200  200  200  200  200  200  200  200  200
api_municipalities GET      401  401  200  200  200  200  200  200  200  200  200  200
"""
