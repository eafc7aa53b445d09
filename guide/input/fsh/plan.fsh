Profile: PlanOfSafeCare
Parent: $us-core-careplan
Id: plan-of-safe-care
Title: "Plan of safe care"
Description: "The plan that a mother and those who care for her and her infant write together (42 U.S.C. 5106a(b)(2)(B)(iii)). It holds what its reader may see: goals, referrals and members of the team that a reader may not see are left out, without a trace."
* ^url = "urn:careloom:profile:plan-of-safe-care"
* text 1..1
* intent = #plan
* title 1..1 MS
* subject only Reference($us-core-patient)
* period 1..1 MS
* period.start 1..1 MS
* created 1..1 MS
* careTeam ..1 MS
* careTeam only Reference(PlanCareTeam)
* goal MS
* goal only Reference(PlanGoal)
* activity MS
* activity.reference 1..1 MS
* activity.reference only Reference(ReferralRequest)
* activity.detail 0..0

Profile: PlanCareTeam
Parent: $us-core-careteam
Id: plan-care-team
Title: "Care team of a plan"
Description: "Who is on the care team of a plan of safe care now. It has the id of its plan. A treatment program is named only where its reader may know of it (42 CFR 2.13)."
* ^url = "urn:careloom:profile:plan-care-team"
* status 1..1
* name 1..1
* subject only Reference($us-core-patient)
* participant 1..* MS
* participant.role 1..1 MS
* participant.role.text 1..1
* participant.role.coding ^slicing.discriminator.type = #value
* participant.role.coding ^slicing.discriminator.path = "system"
* participant.role.coding ^slicing.rules = #open
* participant.role.coding contains ours 1..1 MS
* participant.role.coding[ours] from TeamRoles (required)
* participant.role.coding[ours].system 1..1
* participant.role.coding[ours].system = "urn:careloom:team-role"
* participant.role.coding[ours].code 1..1
* participant.member.display 1..1 MS
* participant.period.start 1..1 MS

Profile: PlanGoal
Parent: $us-core-goal
Id: plan-goal
Title: "Goal of a plan"
Description: "A goal of a plan of safe care that stands, in the words of who set it. `expressedBy` says that it is the mother's own."
* ^url = "urn:careloom:profile:plan-goal"
* lifecycleStatus from GoalStates (required)
* description.text 1..1 MS
* subject only Reference($us-core-patient)
* startDate 1..1 MS
* target ..1 MS
* statusDate 1..1
* expressedBy MS
* expressedBy only Reference($us-core-patient)

ValueSet: GoalStates
Id: goal-states
Title: "States of a goal"
Description: "Working on it, reached, let go."
* ^url = "urn:careloom:valueset:goal-states"
* ^experimental = false
* $goal-status#active
* $goal-status#completed
* $goal-status#cancelled
