"""Why a policy judged as it did: rule by rule, question by question, and what would turn a verdict."""
