Profile: MotherOfInfant
Parent: $us-core-related
Id: mother-of-infant
Title: "Mother of an infant"
Description: "Links an infant to its mother. Her identifier is the one of her own Patient; her name and day of birth stand here only where the reader sees a record of hers."
* ^url = "urn:careloom:profile:mother-of-infant"
* identifier 1..1 MS
* identifier.system 1..1
* identifier.system = "urn:ietf:rfc:3986"
* identifier.value 1..1
* active 1..1
* active = true
* patient only Reference($us-core-patient)
* relationship 1..1 MS
* relationship.coding 1..1
* relationship.coding.system 1..1
* relationship.coding.system = "http://terminology.hl7.org/CodeSystem/v3-RoleCode"
* relationship.coding.code 1..1
* relationship.coding.code = #NMTH

Profile: WrittenConsent
Parent: Consent
Id: written-consent
Title: "Written consent (42 CFR 2.31; 45 CFR 164.508)"
Description: "A release that a patient signed, as the agencies that it names may read it: who discloses, to whom, which kinds of record, for which purposes, until when. The signed paper itself is not sent, so it has no source and no identifier of a document: it is no FAST Consent. A draft may still lack what the paper must say."
* ^url = "urn:careloom:profile:written-consent"
* status from ConsentStates (required)
* scope = $consent-scope#patient-privacy
* category 1..1 MS
* category.coding 1..1
* category.coding.system 1..1
* category.coding.system = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
* category.coding.code 1..1
* category.coding.code = #IDSCL
* patient 1..1 MS
* patient only Reference($us-core-patient)
* dateTime 1..1 MS
* performer ..1 MS
* performer only Reference($us-core-patient)
* organization 1..1 MS
* policyRule 1..1 MS
* policyRule from ConsentRules (required)
* provision 1..1 MS
* provision.type 1..1 MS
* provision.type = #permit
* provision.period MS
* provision.actor MS
* provision.actor.role from ConsentParties (required)
* provision.purpose MS
* provision.purpose from ConsentPurposes (required)
* provision.code MS
* provision.code from Categories (required)
* provision.data MS
* provision.data.meaning = #related
* provision.data.reference only Reference($us-core-patient)

ValueSet: ConsentStates
Id: consent-states
Title: "States of a consent"
Description: "Not signed yet, in force, and over: revoked, expired or replaced."
* ^url = "urn:careloom:valueset:consent-states"
* ^experimental = false
* $consent-state#draft
* $consent-state#active
* $consent-state#inactive

ValueSet: ConsentRules
Id: consent-rules
Title: "Law that a consent is given under"
Description: "A consent under 42 CFR Part 2 where a record of treatment is among what it opens, else under HIPAA."
* ^url = "urn:careloom:valueset:consent-rules"
* ^experimental = false
* $act-code#42CFRPart2CD
* $act-code#HIPAAConsentCD

ValueSet: ConsentParties
Id: consent-parties
Title: "Parties of a consent"
Description: "Who receives, and who discloses."
* ^url = "urn:careloom:valueset:consent-parties"
* ^experimental = false
* $participation#IRCP
* $participation#CST

ValueSet: ConsentPurposes
Id: consent-purposes
Title: "Purposes of a consent"
Description: "HL7's purposes of use, and ours where HL7 has none: child protection is not among them."
* ^url = "urn:careloom:valueset:consent-purposes"
* ^experimental = false
* $act-reason#TREAT
* $act-reason#HPAYMT
* $act-reason#HOPERAT
* $act-reason#COC
* $act-reason#PUBHLTH
* $act-reason#HRESCH
* include codes from valueset Purposes
