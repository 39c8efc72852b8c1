"""Beheer: the functional admin and nobody else; the rest is sent to a login that refuses them."""

TABLE = """
deur                                              methode  anon,app     adm rest
# De site zelf
admin:index                                       GET           302     200  302
admin:login                                       GET           302     302  403
admin:logout                                      POST          302     302  302
admin:password_change                             GET,POST      302     200  302
admin:password_change_done                        GET           302     200  302
admin:autocomplete                                GET           302     200  302
admin:jsi18n                                      GET           302     200  302
admin:view_on_site                                GET           302     404  302
admin:app_list                                    GET           302     200  302
/beheer/(?P<url>.*)                               GET           302     404  302
# Organisaties
admin:parties_organisation_changelist             GET,POST      302     200  302
admin:parties_organisation_add                    GET,POST      302     200  302
admin:parties_organisation_history                GET           302     200  302
admin:parties_organisation_delete                 GET,POST      302     403  302
admin:parties_organisation_change                 GET,POST      302     200  302
/beheer/parties/organisation/<path:object_id>/    GET           302     302  302
# Accounts
admin:auth_user_password_change                   GET,POST      302     200  302
admin:parties_user_changelist                     GET,POST      302     200  302
admin:parties_user_add                            GET,POST      302     200  302
admin:parties_user_history                        GET           302     200  302
admin:parties_user_delete                         GET,POST      302     403  302
admin:parties_user_change                         GET,POST      302     200  302
/beheer/parties/user/<path:object_id>/            GET           302     302  302
# Rollen
admin:parties_role_changelist                     GET,POST      302     200  302
admin:parties_role_add                            GET,POST      302     200  302
admin:parties_role_history                        GET           302     200  302
admin:parties_role_delete                         GET,POST      302     403  302
admin:parties_role_change                         GET,POST      302     200  302
/beheer/parties/role/<path:object_id>/            GET           302     302  302
# BIJ-mandaten
admin:parties_bijmandate_changelist               GET,POST      302     200  302
admin:parties_bijmandate_add                      GET,POST      302     200  302
admin:parties_bijmandate_history                  GET           302     200  302
admin:parties_bijmandate_delete                   GET,POST      302     403  302
admin:parties_bijmandate_change                   GET,POST      302     200  302
/beheer/parties/bijmandate/<path:object_id>/      GET           302     302  302
# Koppelingen
admin:parties_apiclient_changelist                GET,POST      302     200  302
admin:parties_apiclient_add                       GET,POST      302     200  302
admin:parties_apiclient_history                   GET           302     200  302
admin:parties_apiclient_delete                    GET,POST      302     403  302
admin:parties_apiclient_change                    GET,POST      302     200  302
/beheer/parties/apiclient/<path:object_id>/       GET           302     302  302
# Gelijkgestelde dagen
admin:cases_equatedday_changelist                 GET,POST      302     200  302
admin:cases_equatedday_add                        GET,POST      302     200  302
admin:cases_equatedday_history                    GET           302     200  302
admin:cases_equatedday_delete                     GET,POST      302     403  302
admin:cases_equatedday_change                     GET,POST      302     200  302
/beheer/cases/equatedday/<path:object_id>/        GET           302     302  302
# Regionale afspraken
admin:cases_regionalagreement_changelist          GET,POST      302     200  302
admin:cases_regionalagreement_add                 GET,POST      302     200  302
admin:cases_regionalagreement_history             GET           302     200  302
admin:cases_regionalagreement_delete              GET,POST      302     403  302
admin:cases_regionalagreement_change              GET,POST      302     200  302
/beheer/cases/regionalagreement/<path:object_id>/ GET           302     302  302
# Grondslagen
admin:consent_statutoryground_changelist          GET,POST      302     200  302
admin:consent_statutoryground_add                 GET,POST      302     200  302
admin:consent_statutoryground_history             GET           302     200  302
admin:consent_statutoryground_delete              GET,POST      302     403  302
admin:consent_statutoryground_change              GET,POST      302     200  302
/beheer/consent/statutoryground/<path:object_id>/ GET           302     302  302
"""
