Profile: ReferralRequest
Parent: $us-core-request
Id: referral-request
Title: "Referral: what was asked"
Description: "A referral for a need of the family, shaped as Gravity SDOHCC has it. The code is that of the need where the reader sees the need; else only the service is named. Its Task has the same id and tells where the answer stands."
* ^url = "urn:careloom:profile:referral-request"
* basedOn ..1 MS
* basedOn only Reference(PlanOfSafeCare)
* intent = #order
* category.coding 1..1
* category.coding.system 1..1
* category.coding.system = "http://snomed.info/sct"
* category.coding.code 1..1
* category.coding.code = #3457005
* code 1..1
* code.text 1..1
* code.coding ^slicing.discriminator.type = #value
* code.coding ^slicing.discriminator.path = "system"
* code.coding ^slicing.rules = #open
* code.coding contains need 0..1 MS
* code.coding[need] from Needs (required)
* code.coding[need].system 1..1
* code.coding[need].system = "urn:careloom:need"
* code.coding[need].code 1..1
* orderDetail ..1
* subject only Reference($us-core-patient)
* authoredOn 1..1
* requester 1..1
* performer 1..1 MS
* note ..1

Profile: ReferralTask
Parent: Task
Id: referral-task
Title: "Referral: where the answer stands"
Description: "The Task of a referral: who is to answer, until when, and how it stands, in the statuses of Gravity SDOHCC and the business statuses of BSeR (a visit that is planned, missed or kept). A registered system of the agency that was asked may answer by updating it, with an output that names an outcome or refers to a Procedure; the server sends the outcome."
* ^url = "urn:careloom:profile:referral-task"
* status from ReferralStates (required)
* status MS
* statusReason MS
* statusReason.coding ^slicing.discriminator.type = #value
* statusReason.coding ^slicing.discriminator.path = "system"
* statusReason.coding ^slicing.rules = #open
* statusReason.coding contains ours 0..1 MS
* statusReason.coding[ours] from ReferralReasons (required)
* statusReason.coding[ours].system 1..1
* statusReason.coding[ours].system = "urn:careloom:referral-reason"
* statusReason.coding[ours].code 1..1
* businessStatus MS
* businessStatus from ReferralSteps (required)
* intent = #order
* code 1..1 MS
* code = $task-code#fulfill
* focus 1..1 MS
* focus only Reference(ReferralRequest)
* for 1..1 MS
* for only Reference($us-core-patient)
* authoredOn 1..1 MS
* lastModified 1..1 MS
* executionPeriod MS
* requester 1..1 MS
* owner 1..1 MS
* restriction MS
* restriction.period MS
* output MS
* output.type = $gravity#resulting-activity
* output.value[x] only CodeableConcept or Reference
* output.valueCodeableConcept from ReferralOutcomes (required)

ValueSet: ReferralStates
Id: referral-states
Title: "Statuses of a referral's Task"
Description: "Gravity SDOHCC's statuses of a referral, without `ready` and `received`."
* ^url = "urn:careloom:valueset:referral-states"
* ^experimental = false
* $task-status#draft
* $task-status#requested
* $task-status#accepted
* $task-status#rejected
* $task-status#in-progress
* $task-status#on-hold
* $task-status#completed
* $task-status#cancelled
* $task-status#failed

ValueSet: ReferralSteps
Id: referral-steps
Title: "Steps of a referral"
Description: "BSeR's business statuses as they are sent: asked (2.0), accepted (3.0), declined (4.0), visit planned (5.1.1), missed (5.1.2), kept (5.1.4), ended (6.0), completed (7.0)."
* ^url = "urn:careloom:valueset:referral-steps"
* ^experimental = false
* $bser-status#2.0
* $bser-status#3.0
* $bser-status#4.0
* $bser-status#5.1.1
* $bser-status#5.1.2
* $bser-status#5.1.4
* $bser-status#6.0
* $bser-status#7.0
