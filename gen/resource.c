/* Made by tools/gen.py from spec/: change those, not this. */
#include "gen/rows.h"

const struct schema_field schema_fields_resource_Quantity[] = {
    {STR_INIT("string"), 1, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_resource_Quantity[] = {0};
static const uint8_t schema_lookup_resource_Quantity[] = {1, 0, 0, 0};
const struct schema_message schema_message_resource_Quantity = {
    .package = STR_INIT("io.k8s.apimachinery.pkg.api.resource"),
    .name = STR_INIT("Quantity"),
    .form = SCHEMA_FORM_QUANTITY,
    .doc = STR_INIT("A number with a unit, such as 500m, 1.5 or 2Gi."),
    .fields = schema_fields_resource_Quantity,
    .n_fields = 1,
    .by_number = schema_numbers_resource_Quantity,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_resource_Quantity,
};
const struct schema_field schema_fields_resource_QuantityValue[] = {
    {STR_INIT("string"), 1, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_resource_QuantityValue[] = {0};
static const uint8_t schema_lookup_resource_QuantityValue[] = {1, 0, 0, 0};
const struct schema_message schema_message_resource_QuantityValue = {
    .package = STR_INIT("io.k8s.apimachinery.pkg.api.resource"),
    .name = STR_INIT("QuantityValue"),
    .form = SCHEMA_FORM_QUANTITY,
    .fields = schema_fields_resource_QuantityValue,
    .n_fields = 1,
    .by_number = schema_numbers_resource_QuantityValue,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_resource_QuantityValue,
};
