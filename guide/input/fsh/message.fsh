Instance: birth
InstanceOf: MessageDefinition
Usage: #definition
Title: "A birth is told"
Description: "A hospital's record system tells of a birth by $process-message. It becomes a draft of the notification that a worker of the hospital finishes and sends."
* url = "urn:careloom:message:birth"
* name = "BirthTold"
* title = "A birth is told"
* status = #active
* date = "2026-11-23"
* eventCoding = EventsCodeSystem#birth
* category = #consequence
* focus[0].code = #Patient
* focus[0].min = 2
* focus[0].max = "*"
* focus[1].code = #RelatedPerson
* focus[1].min = 1
* focus[1].max = "*"
* responseRequired = #always
