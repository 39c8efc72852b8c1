"""BIJ and 18b beside the case (plans.urls). The report is a BIJ report of the case of the table, to gemeente Zwolle.

Whoever may not read it gets the answer of what is not there, whatever his role and his part in the case (C3 note 5).
"""

TABLE = """
deur                   methode  anon,app   cm   uh  dir  rsk  bij  rec,xre  zvh  sup rest
safety_reports         GET           302  403  403  403  200  200      200  200  403  403
safety_report_new      GET,POST      302  403  403  403  200  403      403  403  403  403
safety_report          GET           302  200  200  200  404  200      404  404  403  404
safety_report_print    GET           302  200  200  200  404  200      404  404  403  404
safety_report_measures POST          302  403  403  403  404  200      404  404  403  404
safety_report_recall   GET,POST      302  200  403  403  404  403      404  404  403  404
"""
