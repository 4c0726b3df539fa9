/* Made by tools/gen.py from spec/: change those, not this. */
#include "gen/rows.h"

const struct schema_field schema_fields_certificates_v1beta1_CertificateSigningRequest[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("spec"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_certificates_v1beta1_CertificateSigningRequestSpec, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is wanted.")},
    {STR_INIT("status"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_certificates_v1beta1_CertificateSigningRequestStatus, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is, as those who look after it tell.")},
};
static const uint16_t schema_numbers_certificates_v1beta1_CertificateSigningRequest[] = {1, 2, 3, 0};
static const struct schema_field *const schema_slots_certificates_v1beta1_CertificateSigningRequest[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_certificates_v1beta1_CertificateSigningRequest[1], &schema_fields_certificates_v1beta1_CertificateSigningRequest[2], &schema_fields_certificates_v1beta1_CertificateSigningRequest[3]};
static const uint8_t schema_starts_certificates_v1beta1_CertificateSigningRequest[] = {0, 2, 3, 4};
static const uint8_t schema_lookup_certificates_v1beta1_CertificateSigningRequest[] = {3, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 5, 0, 4, 0, 0};
const struct schema_message schema_message_certificates_v1beta1_CertificateSigningRequest = {
    .package = STR_INIT("io.k8s.api.certificates.v1beta1"),
    .name = STR_INIT("CertificateSigningRequest"),
    .doc = STR_INIT("A wish for a certificate."),
    .fields = schema_fields_certificates_v1beta1_CertificateSigningRequest,
    .n_fields = 4,
    .by_number = schema_numbers_certificates_v1beta1_CertificateSigningRequest,
    .n_numbered = 3,
    .slots = schema_slots_certificates_v1beta1_CertificateSigningRequest,
    .starts = schema_starts_certificates_v1beta1_CertificateSigningRequest,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_certificates_v1beta1_CertificateSigningRequest,
};
const struct schema_field schema_fields_certificates_v1beta1_CertificateSigningRequestCondition[] = {
    {STR_INIT("type"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("Which condition.")},
    {STR_INIT("status"), 6, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\""), .doc = STR_INIT("True, False or Unknown.")},
    {STR_INIT("reason"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Why, in one word of CamelCase.")},
    {STR_INIT("message"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Why, for people.")},
    {STR_INIT("lastUpdateTime"), 4, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Time, .doc = STR_INIT("When it was last written.")},
    {STR_INIT("lastTransitionTime"), 5, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Time, .doc = STR_INIT("When the condition last changed between True, False and Unknown.")},
};
static const uint16_t schema_numbers_certificates_v1beta1_CertificateSigningRequestCondition[] = {0, 2, 3, 4, 5, 1};
static const uint8_t schema_lookup_certificates_v1beta1_CertificateSigningRequestCondition[] = {3, 5, 1, 0, 0, 0, 6, 4, 0, 0, 0, 2, 0, 0, 0, 0};
const struct schema_message schema_message_certificates_v1beta1_CertificateSigningRequestCondition = {
    .package = STR_INIT("io.k8s.api.certificates.v1beta1"),
    .name = STR_INIT("CertificateSigningRequestCondition"),
    .fields = schema_fields_certificates_v1beta1_CertificateSigningRequestCondition,
    .n_fields = 6,
    .by_number = schema_numbers_certificates_v1beta1_CertificateSigningRequestCondition,
    .n_numbered = 6,
    .n_slots = 6,
    .lookup_mask = 15,
    .lookup = schema_lookup_certificates_v1beta1_CertificateSigningRequestCondition,
};
const struct schema_field schema_fields_certificates_v1beta1_CertificateSigningRequestList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_certificates_v1beta1_CertificateSigningRequest, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_certificates_v1beta1_CertificateSigningRequestList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_certificates_v1beta1_CertificateSigningRequestList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_certificates_v1beta1_CertificateSigningRequestList[1], &schema_fields_certificates_v1beta1_CertificateSigningRequestList[2]};
static const uint8_t schema_starts_certificates_v1beta1_CertificateSigningRequestList[] = {0, 2, 3};
static const uint8_t schema_lookup_certificates_v1beta1_CertificateSigningRequestList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_certificates_v1beta1_CertificateSigningRequestList = {
    .package = STR_INIT("io.k8s.api.certificates.v1beta1"),
    .name = STR_INIT("CertificateSigningRequestList"),
    .fields = schema_fields_certificates_v1beta1_CertificateSigningRequestList,
    .n_fields = 3,
    .by_number = schema_numbers_certificates_v1beta1_CertificateSigningRequestList,
    .n_numbered = 2,
    .slots = schema_slots_certificates_v1beta1_CertificateSigningRequestList,
    .starts = schema_starts_certificates_v1beta1_CertificateSigningRequestList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_certificates_v1beta1_CertificateSigningRequestList,
};
const struct schema_field schema_fields_certificates_v1beta1_CertificateSigningRequestSpec[] = {
    {STR_INIT("request"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_BYTES, .doc = STR_INIT("The PKCS#10 request in PEM.")},
    {STR_INIT("signerName"), 7, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_STRING, .doc = STR_INIT("Who is to sign it.")},
    {STR_INIT("expirationSeconds"), 8, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32, .doc = STR_INIT("How long it should be good for; the signer may give less.")},
    {STR_INIT("usages"), 5, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("What the key may be used for.")},
    {STR_INIT("username"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Who asked; the server writes it.")},
    {STR_INIT("uid"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Identity of who asked; the server writes it.")},
    {STR_INIT("groups"), 4, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .doc = STR_INIT("Groups of who asked; the server writes them.")},
    {STR_INIT("extra"), 6, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MAP_MESSAGE, .message = &schema_message_certificates_v1beta1_ExtraValue, .doc = STR_INIT("More about who asked; the server writes it.")},
};
static const uint16_t schema_numbers_certificates_v1beta1_CertificateSigningRequestSpec[] = {0, 4, 5, 6, 3, 7, 1, 2};
static const uint8_t schema_lookup_certificates_v1beta1_CertificateSigningRequestSpec[] = {3, 4, 0, 0, 0, 0, 0, 2, 5, 7, 1, 0, 8, 6, 0, 0};
const struct schema_message schema_message_certificates_v1beta1_CertificateSigningRequestSpec = {
    .package = STR_INIT("io.k8s.api.certificates.v1beta1"),
    .name = STR_INIT("CertificateSigningRequestSpec"),
    .doc = STR_INIT("What certificate is wished for, and by whom. It cannot be changed."),
    .fields = schema_fields_certificates_v1beta1_CertificateSigningRequestSpec,
    .n_fields = 8,
    .by_number = schema_numbers_certificates_v1beta1_CertificateSigningRequestSpec,
    .n_numbered = 8,
    .n_slots = 8,
    .lookup_mask = 15,
    .lookup = schema_lookup_certificates_v1beta1_CertificateSigningRequestSpec,
};
static const struct str keys_0[] = {STR_INIT("type"), STR_INIT("")};
static const struct schema_extra extra_0 = {.rules = STR_INIT("customUnique;item(type: Approved)=zeroOrOneOfMember;item(type: Denied)=zeroOrOneOfMember")};
const struct schema_field schema_fields_certificates_v1beta1_CertificateSigningRequestStatus[] = {
    {STR_INIT("conditions"), 1, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_certificates_v1beta1_CertificateSigningRequestCondition, .list = SCHEMA_LIST_MAP, .list_keys = keys_0, .doc = STR_INIT("Approved, Denied or Failed."), .extra = &extra_0},
    {STR_INIT("certificate"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_BYTES, .doc = STR_INIT("The certificate in PEM, once signed.")},
};
static const uint16_t schema_numbers_certificates_v1beta1_CertificateSigningRequestStatus[] = {0, 1};
static const uint8_t schema_lookup_certificates_v1beta1_CertificateSigningRequestStatus[] = {0, 0, 1, 2};
const struct schema_message schema_message_certificates_v1beta1_CertificateSigningRequestStatus = {
    .package = STR_INIT("io.k8s.api.certificates.v1beta1"),
    .name = STR_INIT("CertificateSigningRequestStatus"),
    .doc = STR_INIT("What became of the wish."),
    .fields = schema_fields_certificates_v1beta1_CertificateSigningRequestStatus,
    .n_fields = 2,
    .by_number = schema_numbers_certificates_v1beta1_CertificateSigningRequestStatus,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_certificates_v1beta1_CertificateSigningRequestStatus,
};
const struct schema_field schema_fields_certificates_v1beta1_ClusterTrustBundle[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("spec"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_certificates_v1beta1_ClusterTrustBundleSpec, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is wanted.")},
};
static const uint16_t schema_numbers_certificates_v1beta1_ClusterTrustBundle[] = {1, 2, 0};
static const struct schema_field *const schema_slots_certificates_v1beta1_ClusterTrustBundle[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_certificates_v1beta1_ClusterTrustBundle[1], &schema_fields_certificates_v1beta1_ClusterTrustBundle[2]};
static const uint8_t schema_starts_certificates_v1beta1_ClusterTrustBundle[] = {0, 2, 3};
static const uint8_t schema_lookup_certificates_v1beta1_ClusterTrustBundle[] = {1, 2, 3, 0, 0, 4, 0, 0};
const struct schema_message schema_message_certificates_v1beta1_ClusterTrustBundle = {
    .package = STR_INIT("io.k8s.api.certificates.v1beta1"),
    .name = STR_INIT("ClusterTrustBundle"),
    .fields = schema_fields_certificates_v1beta1_ClusterTrustBundle,
    .n_fields = 3,
    .by_number = schema_numbers_certificates_v1beta1_ClusterTrustBundle,
    .n_numbered = 2,
    .slots = schema_slots_certificates_v1beta1_ClusterTrustBundle,
    .starts = schema_starts_certificates_v1beta1_ClusterTrustBundle,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_certificates_v1beta1_ClusterTrustBundle,
};
const struct schema_field schema_fields_certificates_v1beta1_ClusterTrustBundleList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_certificates_v1beta1_ClusterTrustBundle, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_certificates_v1beta1_ClusterTrustBundleList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_certificates_v1beta1_ClusterTrustBundleList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_certificates_v1beta1_ClusterTrustBundleList[1], &schema_fields_certificates_v1beta1_ClusterTrustBundleList[2]};
static const uint8_t schema_starts_certificates_v1beta1_ClusterTrustBundleList[] = {0, 2, 3};
static const uint8_t schema_lookup_certificates_v1beta1_ClusterTrustBundleList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_certificates_v1beta1_ClusterTrustBundleList = {
    .package = STR_INIT("io.k8s.api.certificates.v1beta1"),
    .name = STR_INIT("ClusterTrustBundleList"),
    .fields = schema_fields_certificates_v1beta1_ClusterTrustBundleList,
    .n_fields = 3,
    .by_number = schema_numbers_certificates_v1beta1_ClusterTrustBundleList,
    .n_numbered = 2,
    .slots = schema_slots_certificates_v1beta1_ClusterTrustBundleList,
    .starts = schema_starts_certificates_v1beta1_ClusterTrustBundleList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_certificates_v1beta1_ClusterTrustBundleList,
};
static const struct schema_extra extra_1 = {.rules = STR_INIT("immutable")};
const struct schema_field schema_fields_certificates_v1beta1_ClusterTrustBundleSpec[] = {
    {STR_INIT("signerName"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING, .extra = &extra_1},
    {STR_INIT("trustBundle"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
};
static const uint16_t schema_numbers_certificates_v1beta1_ClusterTrustBundleSpec[] = {0, 1};
static const uint8_t schema_lookup_certificates_v1beta1_ClusterTrustBundleSpec[] = {2, 0, 0, 1};
const struct schema_message schema_message_certificates_v1beta1_ClusterTrustBundleSpec = {
    .package = STR_INIT("io.k8s.api.certificates.v1beta1"),
    .name = STR_INIT("ClusterTrustBundleSpec"),
    .fields = schema_fields_certificates_v1beta1_ClusterTrustBundleSpec,
    .n_fields = 2,
    .by_number = schema_numbers_certificates_v1beta1_ClusterTrustBundleSpec,
    .n_numbered = 2,
    .n_slots = 2,
    .lookup_mask = 3,
    .lookup = schema_lookup_certificates_v1beta1_ClusterTrustBundleSpec,
};
const struct schema_field schema_fields_certificates_v1beta1_ExtraValue[] = {
    {STR_INIT("items"), 1, .flags = SCHEMA_REPEATED, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_certificates_v1beta1_ExtraValue[] = {0};
static const uint8_t schema_lookup_certificates_v1beta1_ExtraValue[] = {0, 0, 0, 1};
const struct schema_message schema_message_certificates_v1beta1_ExtraValue = {
    .package = STR_INIT("io.k8s.api.certificates.v1beta1"),
    .name = STR_INIT("ExtraValue"),
    .form = SCHEMA_FORM_ARRAY,
    .fields = schema_fields_certificates_v1beta1_ExtraValue,
    .n_fields = 1,
    .by_number = schema_numbers_certificates_v1beta1_ExtraValue,
    .n_numbered = 1,
    .n_slots = 1,
    .lookup_mask = 3,
    .lookup = schema_lookup_certificates_v1beta1_ExtraValue,
};
const struct schema_field schema_fields_certificates_v1beta1_PodCertificateRequest[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ObjectMeta, .key_default = STR_INIT("{}"), .doc = STR_INIT("Standard object's metadata: name, labels and the like.")},
    {STR_INIT("spec"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_certificates_v1beta1_PodCertificateRequestSpec, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is wanted.")},
    {STR_INIT("status"), 3, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_certificates_v1beta1_PodCertificateRequestStatus, .key_default = STR_INIT("{}"), .doc = STR_INIT("What is, as those who look after it tell.")},
};
static const uint16_t schema_numbers_certificates_v1beta1_PodCertificateRequest[] = {1, 2, 3, 0};
static const struct schema_field *const schema_slots_certificates_v1beta1_PodCertificateRequest[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_certificates_v1beta1_PodCertificateRequest[1], &schema_fields_certificates_v1beta1_PodCertificateRequest[2], &schema_fields_certificates_v1beta1_PodCertificateRequest[3]};
static const uint8_t schema_starts_certificates_v1beta1_PodCertificateRequest[] = {0, 2, 3, 4};
static const uint8_t schema_lookup_certificates_v1beta1_PodCertificateRequest[] = {3, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 5, 0, 4, 0, 0};
const struct schema_message schema_message_certificates_v1beta1_PodCertificateRequest = {
    .package = STR_INIT("io.k8s.api.certificates.v1beta1"),
    .name = STR_INIT("PodCertificateRequest"),
    .fields = schema_fields_certificates_v1beta1_PodCertificateRequest,
    .n_fields = 4,
    .by_number = schema_numbers_certificates_v1beta1_PodCertificateRequest,
    .n_numbered = 3,
    .slots = schema_slots_certificates_v1beta1_PodCertificateRequest,
    .starts = schema_starts_certificates_v1beta1_PodCertificateRequest,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_certificates_v1beta1_PodCertificateRequest,
};
const struct schema_field schema_fields_certificates_v1beta1_PodCertificateRequestList[] = {
    {STR_INIT("typeMeta"), 0, .flags = SCHEMA_INLINE | SCHEMA_JSON_ONLY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_TypeMeta, .doc = STR_INIT("What every object says first: its kind, and the version it is written in.")},
    {STR_INIT("metadata"), 1, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_ListMeta, .doc = STR_INIT("Where the list was read, and how to go on.")},
    {STR_INIT("items"), 2, .flags = SCHEMA_REPEATED | SCHEMA_REQUIRED, .type = SCHEMA_MESSAGE, .message = &schema_message_certificates_v1beta1_PodCertificateRequest, .doc = STR_INIT("The objects of the list.")},
};
static const uint16_t schema_numbers_certificates_v1beta1_PodCertificateRequestList[] = {1, 2, 0};
static const struct schema_field *const schema_slots_certificates_v1beta1_PodCertificateRequestList[] = {&schema_fields_meta_v1_TypeMeta[0], &schema_fields_meta_v1_TypeMeta[1], &schema_fields_certificates_v1beta1_PodCertificateRequestList[1], &schema_fields_certificates_v1beta1_PodCertificateRequestList[2]};
static const uint8_t schema_starts_certificates_v1beta1_PodCertificateRequestList[] = {0, 2, 3};
static const uint8_t schema_lookup_certificates_v1beta1_PodCertificateRequestList[] = {1, 2, 3, 4, 0, 0, 0, 0};
const struct schema_message schema_message_certificates_v1beta1_PodCertificateRequestList = {
    .package = STR_INIT("io.k8s.api.certificates.v1beta1"),
    .name = STR_INIT("PodCertificateRequestList"),
    .fields = schema_fields_certificates_v1beta1_PodCertificateRequestList,
    .n_fields = 3,
    .by_number = schema_numbers_certificates_v1beta1_PodCertificateRequestList,
    .n_numbered = 2,
    .slots = schema_slots_certificates_v1beta1_PodCertificateRequestList,
    .starts = schema_starts_certificates_v1beta1_PodCertificateRequestList,
    .n_slots = 4,
    .lookup_mask = 7,
    .lookup = schema_lookup_certificates_v1beta1_PodCertificateRequestList,
};
const struct schema_field schema_fields_certificates_v1beta1_PodCertificateRequestSpec[] = {
    {STR_INIT("signerName"), 1, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("podName"), 2, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("podUID"), 3, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("serviceAccountName"), 4, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("serviceAccountUID"), 5, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("nodeName"), 6, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("nodeUID"), 7, .flags = SCHEMA_REQUIRED, .type = SCHEMA_STRING, .key_default = STR_INIT("\"\"")},
    {STR_INIT("maxExpirationSeconds"), 8, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_INT32, .fallback = STR_INIT("86400"), .key_default = STR_INIT("86400")},
    {STR_INIT("pkixPublicKey"), 9, .type = SCHEMA_BYTES},
    {STR_INIT("proofOfPossession"), 10, .type = SCHEMA_BYTES},
    {STR_INIT("stubPKCS10Request"), 12, .flags = SCHEMA_REQUIRED, .type = SCHEMA_BYTES},
    {STR_INIT("unverifiedUserAnnotations"), 11, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_MAP_STRING},
};
static const uint16_t schema_numbers_certificates_v1beta1_PodCertificateRequestSpec[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 10};
static const uint8_t schema_lookup_certificates_v1beta1_PodCertificateRequestSpec[] = {0, 0, 0, 7, 4, 0, 0, 1, 0, 0, 0, 10, 5, 0, 0, 2, 3, 9, 0, 6, 0, 0, 0, 0, 0, 0, 11, 0, 0, 12, 8, 0};
const struct schema_message schema_message_certificates_v1beta1_PodCertificateRequestSpec = {
    .package = STR_INIT("io.k8s.api.certificates.v1beta1"),
    .name = STR_INIT("PodCertificateRequestSpec"),
    .fields = schema_fields_certificates_v1beta1_PodCertificateRequestSpec,
    .n_fields = 12,
    .by_number = schema_numbers_certificates_v1beta1_PodCertificateRequestSpec,
    .n_numbered = 12,
    .n_slots = 12,
    .lookup_mask = 31,
    .lookup = schema_lookup_certificates_v1beta1_PodCertificateRequestSpec,
};
const struct schema_field schema_fields_certificates_v1beta1_PodCertificateRequestStatus[] = {
    {STR_INIT("conditions"), 1, .flags = SCHEMA_REPEATED | SCHEMA_OMITEMPTY | SCHEMA_PATCH_MERGE, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Condition, .list = SCHEMA_LIST_MAP, .list_keys = keys_0, .merge_key = STR_INIT("type"), .doc = STR_INIT("What is known of it, each with its last change.")},
    {STR_INIT("certificateChain"), 2, .flags = SCHEMA_OMITEMPTY, .type = SCHEMA_STRING},
    {STR_INIT("notBefore"), 4, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Time, .doc = STR_INIT("A time: RFC 3339, to the second.")},
    {STR_INIT("beginRefreshAt"), 5, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Time, .doc = STR_INIT("A time: RFC 3339, to the second.")},
    {STR_INIT("notAfter"), 6, .flags = SCHEMA_OMITEMPTY | SCHEMA_PTR, .type = SCHEMA_MESSAGE, .message = &schema_message_meta_v1_Time, .doc = STR_INIT("A time: RFC 3339, to the second.")},
};
static const uint16_t schema_numbers_certificates_v1beta1_PodCertificateRequestStatus[] = {0, 1, 2, 3, 4};
static const uint8_t schema_lookup_certificates_v1beta1_PodCertificateRequestStatus[] = {0, 0, 3, 0, 4, 0, 0, 0, 2, 0, 0, 5, 0, 0, 1, 0};
const struct schema_message schema_message_certificates_v1beta1_PodCertificateRequestStatus = {
    .package = STR_INIT("io.k8s.api.certificates.v1beta1"),
    .name = STR_INIT("PodCertificateRequestStatus"),
    .fields = schema_fields_certificates_v1beta1_PodCertificateRequestStatus,
    .n_fields = 5,
    .by_number = schema_numbers_certificates_v1beta1_PodCertificateRequestStatus,
    .n_numbered = 5,
    .n_slots = 5,
    .lookup_mask = 15,
    .lookup = schema_lookup_certificates_v1beta1_PodCertificateRequestStatus,
};
