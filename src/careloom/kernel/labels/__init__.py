"""Labels by source and by inference: pure, no input or output. One fact in, one `Labels` out (interop.md 0.3, 1.4; DESIGN section 2)."""

from careloom.kernel.labels.fhir import fhir_codings
from careloom.kernel.labels.labeling import Fact, Labels, infer, label
from careloom.kernel.labels.vocabulary import Kind, Law, Secret, Sensitivity, Why

__all__ = ["Fact", "Kind", "Labels", "Law", "Secret", "Sensitivity", "Why", "fhir_codings", "infer", "label"]
