"""Names of fields and evidence of cards that detectors, policy and reports all speak of."""

BASE_MODEL = "base_model"
RELATION = "base_model_relation"
"""Of a base model, as declared."""
INFERRED_RELATION = "inferred-relation"
"""Of a base model, as concluded from the files beside the card; never a declared fact."""
CHAIN = "base_model_chain"
QUANTIZATION = "quantization_config"
"""First part of the fields that state how weights were quantised."""
PLAIN_README = "plain-readme"
"""Evidence of a claim that was read in a README without front matter."""
RELATIONS = ("adapter", "quantized", "merge", "finetune")
"""What Hugging Face's cards may declare of a base model."""
