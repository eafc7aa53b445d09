// Written by `python -m tools.guide write` from the product's own tables. Change those, not this.

CodeSystem: AgencyKindsCodeSystem
Id: agency-kind
Title: "Kinds of agency"
Description: "What kind of agency an Organization is."
* ^url = "urn:careloom:agency-kind"
* ^experimental = false
* ^caseSensitive = true
* ^content = #complete
* #PART2_PROGRAM "Treatment program under 42 CFR Part 2"
* #HOSPITAL "Hospital"
* #OB_CLINIC "Pregnancy clinic"
* #PEDIATRIC_CLINIC "Children's clinic"
* #HEALTH_PLAN "Health plan"
* #MEDICAID_AGENCY "Medicaid agency"
* #CPS_AGENCY "Child welfare agency"
* #COURT "Court"
* #TRIBAL_ICWA "Tribal child welfare (ICWA)"
* #HOME_VISITING "Home visiting program"
* #EARLY_INTERVENTION "Early intervention"
* #HOUSING "Housing agency"
* #DV_PROGRAM "Victim services program"
* #WIC "WIC office"
* #PEER_SUPPORT "Peer support"
* #PUBLIC_HEALTH "Public health agency"
* #STATE_OVERSIGHT "State oversight"
* #COORDINATION_HUB "Coordination hub"
* #OTHER "Other agency"

ValueSet: AgencyKinds
Id: agency-kind-all
Title: "Kinds of agency"
Description: "All of them. What kind of agency an Organization is."
* ^url = "urn:careloom:valueset:agency-kind"
* ^experimental = false
* include codes from system AgencyKindsCodeSystem

CodeSystem: AppointmentKindsCodeSystem
Id: appointment-kind
Title: "Kinds of appointment"
Description: "What was arranged with a family."
* ^url = "urn:careloom:appointment-kind"
* ^experimental = false
* ^caseSensitive = true
* ^content = #complete
* #VISIT "A visit"
* #HOME_VISIT "A home visit"
* #REVIEW "A review of the plan"
* #CLASS "A class or a group"
* #COURT "Court"
* #OTHER "Something else"

ValueSet: AppointmentKinds
Id: appointment-kind-all
Title: "Kinds of appointment"
Description: "All of them. What was arranged with a family."
* ^url = "urn:careloom:valueset:appointment-kind"
* ^experimental = false
* include codes from system AppointmentKindsCodeSystem

CodeSystem: CategoriesCodeSystem
Id: category
Title: "Kinds of record"
Description: "The segments of a record that law tells apart, and that a consent opens."
* ^url = "urn:careloom:category"
* ^experimental = false
* ^caseSensitive = true
* ^content = #complete
* #part2.presence "that she is in treatment"
* #part2.attendance "treatment visits kept"
* #part2.medication "treatment medication"
* #part2.diagnosis "treatment diagnosis"
* #part2.drug_screens "drug screens"
* #part2.treatment_summary "treatment summary"
* #part2.full_record "treatment record"
* #part2.billing "treatment billing"
* #part2.counseling_notes "treatment counseling notes"
* #part2.confidential_communications "confidential communications"
* #hipaa.ob_record "pregnancy and birth record"
* #hipaa.newborn_record "newborn record"
* #hipaa.mental_health "mental health"
* #hipaa.psychotherapy_notes "psychotherapy notes"
* #hipaa.toxicology "tests and diagnoses that tell about substance use"
* #cw.report "child welfare report"
* #cw.reporter_identity "who made a child welfare report"
* #cw.case_record "child welfare record"
* #cw.case_plan "case plan"
* #cw.history "child welfare history"
* #posc.plan_core "plan of safe care"
* #posc.plan_part2_segment "parts of the plan that name treatment"
* #posc.referral_status "referrals"
* #edu.partc "early intervention"
* #edu.school "school"
* #medicaid.claims "Medicaid claims"
* #dv.victim_record "safety notes"
* #wic.record "WIC"
* #agg.table "table of counts"
* #deid.extract "de-identified extract"
* #notif.capta_deid "de-identified birth notification"
* #notif.capta_identified "birth notification"

ValueSet: Categories
Id: category-all
Title: "Kinds of record"
Description: "All of them. The segments of a record that law tells apart, and that a consent opens."
* ^url = "urn:careloom:valueset:category"
* ^experimental = false
* include codes from system CategoriesCodeSystem

CodeSystem: EventsCodeSystem
Id: event
Title: "Events"
Description: "What a message tells."
* ^url = "urn:careloom:event"
* ^experimental = false
* ^caseSensitive = true
* ^content = #complete
* #birth "A birth, for the draft of its notification"

ValueSet: Events
Id: event-all
Title: "Events"
Description: "All of them. What a message tells."
* ^url = "urn:careloom:valueset:event"
* ^experimental = false
* include codes from system EventsCodeSystem

CodeSystem: FormsCodeSystem
Id: form
Title: "Forms"
Description: "Each form that may be handed in. The address of a form is this system's, a colon and the code."
* ^url = "urn:careloom:form"
* ^experimental = false
* ^caseSensitive = true
* ^content = #complete
* #4ps-plus-result "4P’s Plus: result only"
* #4ps "4Ps: parents, partner, past, present"
* #asq-3-result "ASQ-3: result only"
* #asq-se-2-result "ASQ:SE-2: result only"
* #audit-c "AUDIT-C: alcohol"
* #bam-result "BAM: result only"
* #dast-10-result "DAST-10: result only"
* #epds-result "EPDS: result only"
* #gad-7 "GAD-7: worry over the last two weeks"
* #newborn-discharge "Going home with the baby"
* #nida-quick-screen "NIDA Quick Screen"
* #pfs-2-result "PFS-2: result only"
* #phq-2 "PHQ-2: two questions about mood"
* #phq-9 "PHQ-9: mood over the last two weeks"
* #safe-at-home "Safe at home: questions asked in private"
* #single-questions "One question each: alcohol, drugs"
* #social-needs "What would help at home"
* #taps-1 "TAPS-1: tobacco, alcohol, medications and other substances"
* #taps-2-result "TAPS-2: result only"

ValueSet: Forms
Id: form-all
Title: "Forms"
Description: "All of them. Each form that may be handed in. The address of a form is this system's, a colon and the code."
* ^url = "urn:careloom:valueset:form"
* ^experimental = false
* include codes from system FormsCodeSystem

CodeSystem: MedicinesCodeSystem
Id: medicine
Title: "Medicines for opioid use disorder"
Description: "Beside RxNorm's ingredient where there is one."
* ^url = "urn:careloom:medicine"
* ^experimental = false
* ^caseSensitive = true
* ^content = #complete
* #METHADONE "Methadone"
* #BUPRENORPHINE "Buprenorphine alone"
* #BUPRENORPHINE_NALOXONE "Buprenorphine with naloxone"
* #NALTREXONE "Naltrexone"

ValueSet: Medicines
Id: medicine-all
Title: "Medicines for opioid use disorder"
Description: "All of them. Beside RxNorm's ingredient where there is one."
* ^url = "urn:careloom:valueset:medicine"
* ^experimental = false
* include codes from system MedicinesCodeSystem

CodeSystem: NeedsCodeSystem
Id: need
Title: "Needs of a family"
Description: "What a referral is for, and what a service of the directory meets."
* ^url = "urn:careloom:need"
* ^experimental = false
* ^caseSensitive = true
* ^content = #complete
* #INFANT_DOCTOR "A doctor for the baby"
* #NEWBORN_FOLLOW_UP "Follow-up after withdrawal"
* #HEPATITIS_C "The baby's blood test"
* #INFANT_SPECIALIST "A specialist for the baby"
* #DEVELOPMENTAL_SCREENING "A check of how the baby grows"
* #EARLY_INTERVENTION "Early intervention (birth to three)"
* #EARLY_HEAD_START "Early Head Start"
* #INFANT_MENTAL_HEALTH "Baby and parent bonding care"
* #INFANT_FEEDING "Help with feeding"
* #SAFE_SLEEP "Safe sleep"
* #IMMUNIZATION "Vaccines"
* #CRIB_AND_CAR_SEAT "Crib, car seat and baby supplies"
* #MEDICAL_EQUIPMENT "Medical equipment"
* #PRENATAL_CARE "Care during pregnancy"
* #POSTPARTUM_VISIT "Check-up after birth"
* #PRIMARY_CARE "A doctor for the parent"
* #FAMILY_PLANNING "Family planning"
* #DENTAL "Dental care"
* #CHRONIC_CONDITION "Care for a long illness"
* #HEPATITIS_HIV "Hepatitis C or HIV care"
* #COUNSELING "Someone to talk to"
* #PERINATAL_DEPRESSION "Help with low mood after birth"
* #TRAUMA_CARE "Care after trauma"
* #BEHAVIORAL_THERAPY "Therapy for thoughts and habits"
* #TOBACCO "Help to stop smoking"
* #HEALTH_INSURANCE "Health insurance"
* #HEALTH_EDUCATION "Learning about health"
* #MEDICATION_REVIEW "Medicines looked after"
* #RECOVERY_ASSESSMENT "Finding the right care"
* #MEDICINE_FOR_RECOVERY "Medicine and care for recovery"
* #RECOVERY_CARE "Support to cut down or stop"
* #INTENSIVE_OUTPATIENT "Day program for recovery"
* #RESIDENTIAL_WITH_CHILDREN "A place to live and recover with children"
* #RESIDENTIAL "Residential recovery care"
* #WITHDRAWAL_CARE "Care during withdrawal"
* #PEER "Someone who has been through it"
* #MUTUAL_HELP "Mutual help groups"
* #RECOVERY_HOUSING "Recovery housing"
* #NALOXONE "Naloxone at home"
* #TESTING_ARRANGEMENT "Drug testing arranged fairly"
* #CONTINGENCY_MANAGEMENT "Rewards for steps taken"
* #MOTIVATIONAL_COUNSELING "Talking about what she wants to change"
* #RETURN_TO_USE_PLAN "A plan for hard days"
* #PARTNER_TREATMENT "Recovery care for a partner"
* #HOME_VISITING "Someone at home in the first weeks"
* #PARENTING_CLASS "Parenting class"
* #DOULA "A doula"
* #RESPITE "A break, with the baby in safe hands"
* #CHILD_CARE "Child care"
* #FAMILY_THERAPY "Talking together as a family"
* #SIBLINGS "Support for brothers and sisters"
* #FATHERHOOD "Support for fathers"
* #TRIBAL_WELLNESS "Support from the Nation"
* #SAFETY_ADVOCATE "An advocate for safety at home"
* #SAFETY_PLANNING "A plan to stay safe"
* #HOME_SAFETY "Home and fire safety"
* #CRISIS_LINE "Someone to call in a crisis"
* #SAFE_STORAGE "Locked storage for medicines"
* #HOUSING "A home of our own"
* #UTILITIES "Heat, light and water"
* #FOOD "Food and WIC"
* #CASH "Money for the family"
* #DISABILITY_BENEFITS "Disability benefits"
* #RIDES "A ride to visits"
* #WORK_AND_SCHOOL "Work and school"
* #PHONE_INTERNET "Phone and internet"
* #ID_DOCUMENTS "ID and birth certificates"
* #LEGAL_AID "A lawyer"
* #SPECIALTY_COURT "Family treatment court"
* #IMMIGRATION "Immigration help"
* #CLOTHING "Clothing"
* #VETERANS "Help for veterans"
* #CASE_MANAGEMENT "Someone who keeps it all together"

ValueSet: Needs
Id: need-all
Title: "Needs of a family"
Description: "All of them. What a referral is for, and what a service of the directory meets."
* ^url = "urn:careloom:valueset:need"
* ^experimental = false
* include codes from system NeedsCodeSystem

CodeSystem: ObservationsCodeSystem
Id: observation
Title: "Observations"
Description: "What is observed and has no code of LOINC."
* ^url = "urn:careloom:observation"
* ^experimental = false
* ^caseSensitive = true
* ^content = #complete
* #birth-facts "Birth facts"

ValueSet: Observations
Id: observation-all
Title: "Observations"
Description: "All of them. What is observed and has no code of LOINC."
* ^url = "urn:careloom:valueset:observation"
* ^experimental = false
* include codes from system ObservationsCodeSystem

CodeSystem: PurposesCodeSystem
Id: purpose
Title: "Purposes"
Description: "What a record is read for, where HL7's purposes of use have no word for it."
* ^url = "urn:careloom:purpose"
* ^experimental = false
* ^caseSensitive = true
* ^content = #complete
* #treatment "To treat her or the baby"
* #payment "To pay for care"
* #health_care_operations "To run a clinic or a plan and check its quality"
* #care_coordination "To plan care together"
* #posc_monitoring "To follow a plan of safe care"
* #child_abuse_report_initial "A first report of child abuse or neglect"
* #child_abuse_followup "To follow up on a report"
* #capta_notification "Birth notification under CAPTA"
* #safety_assessment "To look into the safety of a child"
* #dependency_proceeding "A case in family court"
* #criminal_proceeding "A criminal case"
* #criminal_justice_monitoring "To follow what a criminal court ordered"
* #permanency_hearing "A hearing about where a child will live"
* #emergency_treatment "To treat in an emergency"
* #research "A study"
* #audit "An audit"
* #program_evaluation "To evaluate a program"
* #public_health "Public health"
* #patient_access "She wants it herself"
* #qso_service "A service to this agency"
* #legal_defense "To defend somebody in court"
* #icwa_notice "Notice to a Tribe"
* #fatality_review "To review a death"
* #public_disclosure "Disclosure to the public"
* #employment "A job"
* #insurance_underwriting "To decide about insurance"
* #education "School"
* #federal_reporting "Reports to the federal government"
* #system_operation "Running the data system"
* #pdmp_reporting "The state’s prescription list"
* #payment_of_services "Paying for services"

ValueSet: Purposes
Id: purpose-all
Title: "Purposes"
Description: "All of them. What a record is read for, where HL7's purposes of use have no word for it."
* ^url = "urn:careloom:valueset:purpose"
* ^experimental = false
* include codes from system PurposesCodeSystem

CodeSystem: ReferralOutcomesCodeSystem
Id: referral-outcome
Title: "Outcomes of a referral"
Description: "What a referral came to."
* ^url = "urn:careloom:referral-outcome"
* ^experimental = false
* ^caseSensitive = true
* ^content = #complete
* #ENROLLED "Enrolled"
* #SERVICE_DELIVERED "The service was given"
* #INELIGIBLE "Did not meet what the service asks for"
* #DECLINED_BY_FAMILY "She did not want it"
* #NO_CONTACT "Could not be reached"

ValueSet: ReferralOutcomes
Id: referral-outcome-all
Title: "Outcomes of a referral"
Description: "All of them. What a referral came to."
* ^url = "urn:careloom:valueset:referral-outcome"
* ^experimental = false
* include codes from system ReferralOutcomesCodeSystem

CodeSystem: ReferralReasonsCodeSystem
Id: referral-reason
Title: "Reasons in a referral"
Description: "Why a referral was not taken, or was stopped."
* ^url = "urn:careloom:referral-reason"
* ^experimental = false
* ^caseSensitive = true
* ^content = #complete
* #FULL "No place free"
* #INELIGIBLE "Does not meet what the service asks for"
* #NO_CONTACT "Could not be reached"
* #WRONG_SERVICE "Another service is the right one"
* #NOT_NOW_AGENCY "Not possible now"
* #NOT_NOW "She does not want it now"
* #NO "She does not want it"
* #MOVED "The family moved"
* #GOT_IT_ELSEWHERE "She found it elsewhere"
* #REROUTED "Another service is asked"
* #CONSENT_ENDED "She stopped sharing"
* #SENT_BY_MISTAKE "Sent by mistake"
* #DID_NOT_HELP "It did not help"

ValueSet: ReferralReasons
Id: referral-reason-all
Title: "Reasons in a referral"
Description: "All of them. Why a referral was not taken, or was stopped."
* ^url = "urn:careloom:valueset:referral-reason"
* ^experimental = false
* include codes from system ReferralReasonsCodeSystem

CodeSystem: TeamRolesCodeSystem
Id: team-role
Title: "Roles on a care team"
Description: "What a member of the care team does for the family."
* ^url = "urn:careloom:team-role"
* ^experimental = false
* ^caseSensitive = true
* ^content = #complete
* #CARE_COORDINATOR "Care coordinator"
* #OB "Doctor or midwife for the pregnancy"
* #PEDIATRICIAN "Baby’s doctor"
* #BEHAVIORAL_HEALTH "Counselor"
* #MEDICATION "Medicine specialist"
* #PEER "Peer"
* #SOCIAL_WORKER "Social worker"
* #HOME_VISITOR "Home visitor"
* #PARENTING "Parenting support"
* #INSURANCE "Health plan care manager"
* #EARLY_INTERVENTION "Early intervention"
* #CHILD_WELFARE "Child welfare worker"
* #TRIBAL "Tribal worker"
* #WELLNESS "Elder or wellness helper"
* #TRIBAL_TANF "Tribal TANF coordinator"
* #TRIBAL_COURT "Tribal court"
* #FAMILY "Family or friend"
* #OTHER "Other"

ValueSet: TeamRoles
Id: team-role-all
Title: "Roles on a care team"
Description: "All of them. What a member of the care team does for the family."
* ^url = "urn:careloom:valueset:team-role"
* ^experimental = false
* include codes from system TeamRolesCodeSystem
