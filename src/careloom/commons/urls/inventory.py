"""Addresses of the inventory: services, gaps, standards, what lasts, and whose numbers one sees."""

from django.urls import path

from careloom.commons.views import inventory, inventory_array, inventory_lasting, inventory_scale, inventory_sharing, inventory_standards

HERE = "<uuid:collaborative_id>/inventory/"

urlpatterns = [
    path(HERE, inventory.gaps, name="inventory"),
    path(f"{HERE}changes/", inventory.changes, name="inventory_changes"),
    path(f"{HERE}changes/new/", inventory.begin, name="inventory_change_new"),
    path(f"{HERE}changes/<uuid:strategy_id>/", inventory.change, name="inventory_change"),
    path(f"{HERE}services/", inventory_array.services, name="inventory_services"),
    path(f"{HERE}services/new/", inventory_array.new, name="inventory_offer_new"),
    path(f"{HERE}services/<uuid:offer_id>/", inventory_array.edit, name="inventory_offer"),
    path(f"{HERE}services/<uuid:offer_id>/end/", inventory_array.end, name="inventory_offer_end"),
    path(f"{HERE}points/", inventory_array.points, name="inventory_points"),
    path(f"{HERE}standards/", inventory_standards.listed, name="inventory_standards"),
    path(f"{HERE}standards/new/", inventory_standards.new, name="inventory_standard_new"),
    path(f"{HERE}standards/<uuid:standard_id>/", inventory_standards.edit, name="inventory_standard"),
    path(f"{HERE}standards/<uuid:standard_id>/check/", inventory_standards.check, name="inventory_check"),
    path(f"{HERE}lasting/", inventory_lasting.plan, name="inventory_lasting"),
    path(f"{HERE}lasting/plan/", inventory_lasting.write, name="inventory_sustain"),
    path(f"{HERE}lasting/funds/new/", inventory_lasting.fund, name="inventory_fund_new"),
    path(f"{HERE}lasting/funds/<uuid:fund_id>/", inventory_lasting.fund, name="inventory_fund"),
    path(f"{HERE}lasting/keep/new/", inventory_lasting.keep, name="inventory_keep_new"),
    path(f"{HERE}lasting/keep/<uuid:keep_id>/", inventory_lasting.keep, name="inventory_keep"),
    path(f"{HERE}lasting/known/", inventory_lasting.known, name="inventory_known"),
    path(f"{HERE}lasting/known/new/", inventory_lasting.lesson, name="inventory_lesson_new"),
    path(f"{HERE}promising/", inventory_scale.promising, name="inventory_promising"),
    path(f"{HERE}promising/<slug:strategy>/", inventory_scale.look, name="inventory_promising_edit"),
    path(f"{HERE}scale/", inventory_scale.scale, name="inventory_scale"),
    path(f"{HERE}scale/new/", inventory_scale.count, name="inventory_reach_new"),
    path(f"{HERE}sharing/", inventory_sharing.page, name="inventory_sharing"),
    path(f"{HERE}sharing/rule/", inventory_sharing.rule, name="inventory_rule"),
    path(f"{HERE}sharing/reasons/new/", inventory_sharing.reason, name="inventory_hesitation_new"),
    path(f"{HERE}sharing/reasons/<uuid:hesitation_id>/", inventory_sharing.reason, name="inventory_hesitation"),
    path(f"{HERE}sharing/yes/<uuid:partner_id>/", inventory_sharing.yes, name="inventory_yes"),
]
