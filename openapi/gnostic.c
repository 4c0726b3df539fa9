/* OpenAPI documents in protobuf: gnostic's messages, which clients on client-go ask for first.
 *
 * The JSON document is the source, so that both forms say the same whatever stands in it. Tables name the messages'
 * fields; one interpreter walks a piece of the document beside them. The large maps (paths, definitions, schemas) are
 * taken an entry at a time, so that the whole document never stands in memory as a tree. */
#include "json/json.h"
#include "openapi/inside.h"
#include "pb/pb.h"

#define PIECE_BYTES_MAX ((size_t)64 * 1024 * 1024)

enum take {
    TEXT,   /* string */
    FLAG,   /* bool */
    WHOLE,  /* int64 */
    NUMBER, /* double */
    TEXTS,  /* repeated string; a lone one is a list of one */
    ANY,    /* Any: the value as YAML, which JSON is */
    ANYS,   /* repeated Any */
    ONE,    /* a message */
    EACH,   /* repeated message of a list's items; a lone one is a list of one */
};

/* What a message is made of. A plain one takes members by key; members that no row names go to `rest` by name. A choice
 * takes the value itself by its first row that fits. */
struct row {
    const char *key; /* of the member; in a choice: what the value must be or have */
    const char *is;  /* in a choice: what the member must read */
    uint8_t number;
    enum take take;
    const struct shape *shape;
};
#define BOOLEAN "a boolean"
#define TEXTUAL "a text"
#define NUMERIC "a number"
struct shape {
    const struct row *rows;
    size_t n;
    bool choice;
    uint8_t extensions; /* field of members x-…: repeated NamedAny; 0: none */
    uint8_t rest;       /* field of all other members: repeated {name, value}; 0: they are left out */
    enum take take;     /* of the rest's values */
    const struct shape *each;
};
#define ROWS(...) .rows = (const struct row[]){__VA_ARGS__}, .n = sizeof((const struct row[]){__VA_ARGS__}) / sizeof(struct row)

/* ── what both versions share ── */

static const struct shape text_list = {ROWS({NULL, NULL, 1, TEXTS, NULL}), .choice = true};
static const struct shape requirement = {.rest = 1, .take = ONE, .each = &text_list};
static const struct shape texts = {.rest = 1, .take = TEXT};
static const struct shape outside = {ROWS({"description", NULL, 1, TEXT, NULL}, {"url", NULL, 2, TEXT, NULL}), .extensions = 3};
static const struct shape contact = {ROWS({"name", NULL, 1, TEXT, NULL}, {"url", NULL, 2, TEXT, NULL}, {"email", NULL, 3, TEXT, NULL}),
                                     .extensions = 4};
static const struct shape license = {ROWS({"name", NULL, 1, TEXT, NULL}, {"url", NULL, 2, TEXT, NULL}), .extensions = 3};
static const struct shape tag = {ROWS({"name", NULL, 1, TEXT, NULL}, {"description", NULL, 2, TEXT, NULL}, {"externalDocs", NULL, 3, ONE, &outside}),
                                 .extensions = 4};
static const struct shape xml = {ROWS({"name", NULL, 1, TEXT, NULL}, {"namespace", NULL, 2, TEXT, NULL}, {"prefix", NULL, 3, TEXT, NULL},
                                      {"attribute", NULL, 4, FLAG, NULL}, {"wrapped", NULL, 5, FLAG, NULL}),
                                 .extensions = 6};

/* ── OpenAPI v2 ── */

static const struct shape schema2;
static const struct shape reference2 = {ROWS({"$ref", NULL, 1, TEXT, NULL}, {"description", NULL, 2, TEXT, NULL})};
static const struct shape more2 = {ROWS({BOOLEAN, NULL, 2, FLAG, NULL}, {NULL, NULL, 1, ONE, &schema2}), .choice = true};
static const struct shape items2 = {ROWS({NULL, NULL, 1, EACH, &schema2}), .choice = true};
static const struct shape named_schemas2 = {.rest = 1, .take = ONE, .each = &schema2};
static const struct shape schema2 = {
    ROWS({"$ref", NULL, 1, TEXT, NULL}, {"format", NULL, 2, TEXT, NULL}, {"title", NULL, 3, TEXT, NULL}, {"description", NULL, 4, TEXT, NULL},
         {"default", NULL, 5, ANY, NULL}, {"multipleOf", NULL, 6, NUMBER, NULL}, {"maximum", NULL, 7, NUMBER, NULL},
         {"exclusiveMaximum", NULL, 8, FLAG, NULL}, {"minimum", NULL, 9, NUMBER, NULL}, {"exclusiveMinimum", NULL, 10, FLAG, NULL},
         {"maxLength", NULL, 11, WHOLE, NULL}, {"minLength", NULL, 12, WHOLE, NULL}, {"pattern", NULL, 13, TEXT, NULL},
         {"maxItems", NULL, 14, WHOLE, NULL}, {"minItems", NULL, 15, WHOLE, NULL}, {"uniqueItems", NULL, 16, FLAG, NULL},
         {"maxProperties", NULL, 17, WHOLE, NULL}, {"minProperties", NULL, 18, WHOLE, NULL}, {"required", NULL, 19, TEXTS, NULL},
         {"enum", NULL, 20, ANYS, NULL}, {"additionalProperties", NULL, 21, ONE, &more2}, {"type", NULL, 22, ONE, &text_list},
         {"items", NULL, 23, ONE, &items2}, {"allOf", NULL, 24, EACH, &schema2}, {"properties", NULL, 25, ONE, &named_schemas2},
         {"discriminator", NULL, 26, TEXT, NULL}, {"readOnly", NULL, 27, FLAG, NULL}, {"xml", NULL, 28, ONE, &xml},
         {"externalDocs", NULL, 29, ONE, &outside}, {"example", NULL, 30, ANY, NULL}),
    .extensions = 31};

/* What parameters, headers and their items say of a plain value, numbered from one place on. */
#define PLAIN2(from) \
    {"type", NULL, (from), TEXT, NULL}, {"format", NULL, (from) + 1, TEXT, NULL}, {"items", NULL, (from) + 2, ONE, &plain2}, \
        {"collectionFormat", NULL, (from) + 3, TEXT, NULL}, {"default", NULL, (from) + 4, ANY, NULL}, {"maximum", NULL, (from) + 5, NUMBER, NULL}, \
        {"exclusiveMaximum", NULL, (from) + 6, FLAG, NULL}, {"minimum", NULL, (from) + 7, NUMBER, NULL}, \
        {"exclusiveMinimum", NULL, (from) + 8, FLAG, NULL}, {"maxLength", NULL, (from) + 9, WHOLE, NULL}, \
        {"minLength", NULL, (from) + 10, WHOLE, NULL}, {"pattern", NULL, (from) + 11, TEXT, NULL}, {"maxItems", NULL, (from) + 12, WHOLE, NULL}, \
        {"minItems", NULL, (from) + 13, WHOLE, NULL}, {"uniqueItems", NULL, (from) + 14, FLAG, NULL}, {"enum", NULL, (from) + 15, ANYS, NULL}, \
    { \
        "multipleOf", NULL, (from) + 16, NUMBER, NULL \
    }
#define PARAMETER2 \
    {"required", NULL, 1, FLAG, NULL}, {"in", NULL, 2, TEXT, NULL}, {"description", NULL, 3, TEXT, NULL}, \
    { \
        "name", NULL, 4, TEXT, NULL \
    }

static const struct shape plain2 = {ROWS(PLAIN2(1)), .extensions = 18};
static const struct shape header2 = {ROWS(PLAIN2(1), {"description", NULL, 18, TEXT, NULL}), .extensions = 19};
static const struct shape on_path2 = {ROWS(PARAMETER2, PLAIN2(5)), .extensions = 22}; /* a header parameter is numbered alike */
static const struct shape in_query2 = {ROWS(PARAMETER2, {"allowEmptyValue", NULL, 5, FLAG, NULL}, PLAIN2(6)), .extensions = 23}; /* in a form too */
static const struct shape in_body2 = {ROWS({"description", NULL, 1, TEXT, NULL}, {"name", NULL, 2, TEXT, NULL}, {"in", NULL, 3, TEXT, NULL},
                                           {"required", NULL, 4, FLAG, NULL}, {"schema", NULL, 5, ONE, &schema2}),
                                      .extensions = 6};
static const struct shape beside_body2 = {ROWS({"in", "header", 1, ONE, &on_path2}, {"in", "formData", 2, ONE, &in_query2},
                                               {"in", "query", 3, ONE, &in_query2}, {"in", "path", 4, ONE, &on_path2}),
                                          .choice = true};
static const struct shape parameter2 = {ROWS({"in", "body", 1, ONE, &in_body2}, {NULL, NULL, 2, ONE, &beside_body2}), .choice = true};
static const struct shape parameters2 = {ROWS({"$ref", NULL, 2, ONE, &reference2}, {NULL, NULL, 1, ONE, &parameter2}), .choice = true};
static const struct shape content2 = {ROWS({NULL, NULL, 1, ONE, &schema2}), .choice = true};
static const struct shape headers2 = {.rest = 1, .take = ONE, .each = &header2};
static const struct shape examples2 = {.rest = 1, .take = ANY};
static const struct shape response2 = {ROWS({"description", NULL, 1, TEXT, NULL}, {"schema", NULL, 2, ONE, &content2},
                                            {"headers", NULL, 3, ONE, &headers2}, {"examples", NULL, 4, ONE, &examples2}),
                                       .extensions = 5};
static const struct shape answer2 = {ROWS({"$ref", NULL, 2, ONE, &reference2}, {NULL, NULL, 1, ONE, &response2}), .choice = true};
static const struct shape answers2 = {.rest = 1, .take = ONE, .each = &answer2, .extensions = 2};
static const struct shape operation2 = {
    ROWS({"tags", NULL, 1, TEXTS, NULL}, {"summary", NULL, 2, TEXT, NULL}, {"description", NULL, 3, TEXT, NULL},
         {"externalDocs", NULL, 4, ONE, &outside}, {"operationId", NULL, 5, TEXT, NULL}, {"produces", NULL, 6, TEXTS, NULL},
         {"consumes", NULL, 7, TEXTS, NULL}, {"parameters", NULL, 8, EACH, &parameters2}, {"responses", NULL, 9, ONE, &answers2},
         {"schemes", NULL, 10, TEXTS, NULL}, {"deprecated", NULL, 11, FLAG, NULL}, {"security", NULL, 12, EACH, &requirement}),
    .extensions = 13};
static const struct shape path2 = {ROWS({"$ref", NULL, 1, TEXT, NULL}, {"get", NULL, 2, ONE, &operation2}, {"put", NULL, 3, ONE, &operation2},
                                        {"post", NULL, 4, ONE, &operation2}, {"delete", NULL, 5, ONE, &operation2},
                                        {"options", NULL, 6, ONE, &operation2}, {"head", NULL, 7, ONE, &operation2},
                                        {"patch", NULL, 8, ONE, &operation2}, {"parameters", NULL, 9, EACH, &parameters2}),
                                   .extensions = 10};
static const struct shape paths2 = {.rest = 2, .take = ONE, .each = &path2, .extensions = 1};
static const struct shape named_parameters2 = {.rest = 1, .take = ONE, .each = &parameter2};
static const struct shape named_responses2 = {.rest = 1, .take = ONE, .each = &response2};

static const struct shape basic2 = {ROWS({"type", NULL, 1, TEXT, NULL}, {"description", NULL, 2, TEXT, NULL}), .extensions = 3};
static const struct shape key2 = {
    ROWS({"type", NULL, 1, TEXT, NULL}, {"name", NULL, 2, TEXT, NULL}, {"in", NULL, 3, TEXT, NULL}, {"description", NULL, 4, TEXT, NULL}),
    .extensions = 5};
#define FLOW2 \
    {"type", NULL, 1, TEXT, NULL}, {"flow", NULL, 2, TEXT, NULL}, \
    { \
        "scopes", NULL, 3, ONE, &texts \
    }
static const struct shape implicit2 = {ROWS(FLOW2, {"authorizationUrl", NULL, 4, TEXT, NULL}, {"description", NULL, 5, TEXT, NULL}), .extensions = 6};
static const struct shape by_token2 = {ROWS(FLOW2, {"tokenUrl", NULL, 4, TEXT, NULL}, {"description", NULL, 5, TEXT, NULL}), .extensions = 6};
static const struct shape by_code2 = {
    ROWS(FLOW2, {"authorizationUrl", NULL, 4, TEXT, NULL}, {"tokenUrl", NULL, 5, TEXT, NULL}, {"description", NULL, 6, TEXT, NULL}), .extensions = 7};
static const struct shape security2 = {ROWS({"type", "basic", 1, ONE, &basic2}, {"type", "apiKey", 2, ONE, &key2},
                                            {"flow", "implicit", 3, ONE, &implicit2}, {"flow", "password", 4, ONE, &by_token2},
                                            {"flow", "application", 5, ONE, &by_token2}, {"flow", "accessCode", 6, ONE, &by_code2}),
                                       .choice = true};
static const struct shape securities2 = {.rest = 1, .take = ONE, .each = &security2};
static const struct shape info2 = {ROWS({"title", NULL, 1, TEXT, NULL}, {"version", NULL, 2, TEXT, NULL}, {"description", NULL, 3, TEXT, NULL},
                                        {"termsOfService", NULL, 4, TEXT, NULL}, {"contact", NULL, 5, ONE, &contact},
                                        {"license", NULL, 6, ONE, &license}),
                                   .extensions = 7};
static const struct shape document2 = {
    ROWS({"swagger", NULL, 1, TEXT, NULL}, {"info", NULL, 2, ONE, &info2}, {"host", NULL, 3, TEXT, NULL}, {"basePath", NULL, 4, TEXT, NULL},
         {"schemes", NULL, 5, TEXTS, NULL}, {"consumes", NULL, 6, TEXTS, NULL}, {"produces", NULL, 7, TEXTS, NULL}, {"paths", NULL, 8, ONE, &paths2},
         {"definitions", NULL, 9, ONE, &named_schemas2}, {"parameters", NULL, 10, ONE, &named_parameters2},
         {"responses", NULL, 11, ONE, &named_responses2}, {"security", NULL, 12, EACH, &requirement},
         {"securityDefinitions", NULL, 13, ONE, &securities2}, {"tags", NULL, 14, EACH, &tag}, {"externalDocs", NULL, 15, ONE, &outside}),
    .extensions = 16};

/* ── OpenAPI v3 ── */

static const struct shape schema3, header3, path3;
static const struct shape reference3 = {ROWS({"$ref", NULL, 1, TEXT, NULL}, {"summary", NULL, 2, TEXT, NULL}, {"description", NULL, 3, TEXT, NULL})};
#define OR_REFERENCE(name, what) \
    static const struct shape name = {ROWS({"$ref", NULL, 2, ONE, &reference3}, {NULL, NULL, 1, ONE, &(what)}), .choice = true}
#define NAMED(name, what) static const struct shape name = {.rest = 1, .take = ONE, .each = &(what)}

OR_REFERENCE(a_schema3, schema3);
NAMED(named_schemas3, a_schema3);
static const struct shape more3 = {ROWS({BOOLEAN, NULL, 2, FLAG, NULL}, {NULL, NULL, 1, ONE, &a_schema3}), .choice = true};
static const struct shape items3 = {ROWS({NULL, NULL, 1, EACH, &a_schema3}), .choice = true};
static const struct shape default3 = {ROWS({BOOLEAN, NULL, 2, FLAG, NULL}, {TEXTUAL, NULL, 3, TEXT, NULL}, {NUMERIC, NULL, 1, NUMBER, NULL}),
                                      .choice = true};
static const struct shape discriminator3 = {ROWS({"propertyName", NULL, 1, TEXT, NULL}, {"mapping", NULL, 2, ONE, &texts}), .extensions = 3};
static const struct shape schema3 = {
    ROWS({"nullable", NULL, 1, FLAG, NULL}, {"discriminator", NULL, 2, ONE, &discriminator3}, {"readOnly", NULL, 3, FLAG, NULL},
         {"writeOnly", NULL, 4, FLAG, NULL}, {"xml", NULL, 5, ONE, &xml}, {"externalDocs", NULL, 6, ONE, &outside}, {"example", NULL, 7, ANY, NULL},
         {"deprecated", NULL, 8, FLAG, NULL}, {"title", NULL, 9, TEXT, NULL}, {"multipleOf", NULL, 10, NUMBER, NULL},
         {"maximum", NULL, 11, NUMBER, NULL}, {"exclusiveMaximum", NULL, 12, FLAG, NULL}, {"minimum", NULL, 13, NUMBER, NULL},
         {"exclusiveMinimum", NULL, 14, FLAG, NULL}, {"maxLength", NULL, 15, WHOLE, NULL}, {"minLength", NULL, 16, WHOLE, NULL},
         {"pattern", NULL, 17, TEXT, NULL}, {"maxItems", NULL, 18, WHOLE, NULL}, {"minItems", NULL, 19, WHOLE, NULL},
         {"uniqueItems", NULL, 20, FLAG, NULL}, {"maxProperties", NULL, 21, WHOLE, NULL}, {"minProperties", NULL, 22, WHOLE, NULL},
         {"required", NULL, 23, TEXTS, NULL}, {"enum", NULL, 24, ANYS, NULL}, {"type", NULL, 25, TEXT, NULL}, {"allOf", NULL, 26, EACH, &a_schema3},
         {"oneOf", NULL, 27, EACH, &a_schema3}, {"anyOf", NULL, 28, EACH, &a_schema3}, {"not", NULL, 29, ONE, &schema3},
         {"items", NULL, 30, ONE, &items3}, {"properties", NULL, 31, ONE, &named_schemas3}, {"additionalProperties", NULL, 32, ONE, &more3},
         {"default", NULL, 33, ONE, &default3}, {"description", NULL, 34, TEXT, NULL}, {"format", NULL, 35, TEXT, NULL}),
    .extensions = 36};

static const struct shape example3 = {ROWS({"summary", NULL, 1, TEXT, NULL}, {"description", NULL, 2, TEXT, NULL}, {"value", NULL, 3, ANY, NULL},
                                           {"externalValue", NULL, 4, TEXT, NULL}),
                                      .extensions = 5};
OR_REFERENCE(an_example3, example3);
NAMED(named_examples3, an_example3);
OR_REFERENCE(a_header3, header3);
NAMED(named_headers3, a_header3);
static const struct shape encoding3 = {ROWS({"contentType", NULL, 1, TEXT, NULL}, {"headers", NULL, 2, ONE, &named_headers3},
                                            {"style", NULL, 3, TEXT, NULL}, {"explode", NULL, 4, FLAG, NULL}, {"allowReserved", NULL, 5, FLAG, NULL}),
                                       .extensions = 6};
NAMED(named_encodings3, encoding3);
static const struct shape media3 = {ROWS({"schema", NULL, 1, ONE, &a_schema3}, {"example", NULL, 2, ANY, NULL},
                                         {"examples", NULL, 3, ONE, &named_examples3}, {"encoding", NULL, 4, ONE, &named_encodings3}),
                                    .extensions = 5};
NAMED(content3, media3);
/* What a parameter and a header both say, numbered from one place on. */
#define TOLD3(from) \
    {"description", NULL, (from), TEXT, NULL}, {"required", NULL, (from) + 1, FLAG, NULL}, {"deprecated", NULL, (from) + 2, FLAG, NULL}, \
        {"allowEmptyValue", NULL, (from) + 3, FLAG, NULL}, {"style", NULL, (from) + 4, TEXT, NULL}, {"explode", NULL, (from) + 5, FLAG, NULL}, \
        {"allowReserved", NULL, (from) + 6, FLAG, NULL}, {"schema", NULL, (from) + 7, ONE, &a_schema3}, {"example", NULL, (from) + 8, ANY, NULL}, \
        {"examples", NULL, (from) + 9, ONE, &named_examples3}, \
    { \
        "content", NULL, (from) + 10, ONE, &content3 \
    }
static const struct shape header3 = {ROWS(TOLD3(1)), .extensions = 12};
static const struct shape parameter3 = {ROWS({"name", NULL, 1, TEXT, NULL}, {"in", NULL, 2, TEXT, NULL}, TOLD3(3)), .extensions = 14};
OR_REFERENCE(a_parameter3, parameter3);
NAMED(named_parameters3, a_parameter3);

static const struct shape variable3 = {ROWS({"enum", NULL, 1, TEXTS, NULL}, {"default", NULL, 2, TEXT, NULL}, {"description", NULL, 3, TEXT, NULL}),
                                       .extensions = 4};
NAMED(named_variables3, variable3);
static const struct shape server3 = {
    ROWS({"url", NULL, 1, TEXT, NULL}, {"description", NULL, 2, TEXT, NULL}, {"variables", NULL, 3, ONE, &named_variables3}), .extensions = 4};
static const struct shape linked3 = {ROWS({NULL, NULL, 1, ANY, NULL}), .choice = true};
static const struct shape link3 = {ROWS({"operationRef", NULL, 1, TEXT, NULL}, {"operationId", NULL, 2, TEXT, NULL},
                                        {"parameters", NULL, 3, ONE, &linked3}, {"requestBody", NULL, 4, ONE, &linked3},
                                        {"description", NULL, 5, TEXT, NULL}, {"server", NULL, 6, ONE, &server3}),
                                   .extensions = 7};
OR_REFERENCE(a_link3, link3);
NAMED(named_links3, a_link3);
static const struct shape response3 = {ROWS({"description", NULL, 1, TEXT, NULL}, {"headers", NULL, 2, ONE, &named_headers3},
                                            {"content", NULL, 3, ONE, &content3}, {"links", NULL, 4, ONE, &named_links3}),
                                       .extensions = 5};
OR_REFERENCE(a_response3, response3);
NAMED(named_responses3, a_response3);
static const struct shape responses3 = {ROWS({"default", NULL, 1, ONE, &a_response3}), .rest = 2, .take = ONE, .each = &a_response3, .extensions = 3};
static const struct shape body3 = {
    ROWS({"description", NULL, 1, TEXT, NULL}, {"content", NULL, 2, ONE, &content3}, {"required", NULL, 3, FLAG, NULL}), .extensions = 4};
OR_REFERENCE(a_body3, body3);
NAMED(named_bodies3, a_body3);
static const struct shape callback3 = {.rest = 1, .take = ONE, .each = &path3, .extensions = 2};
OR_REFERENCE(a_callback3, callback3);
NAMED(named_callbacks3, a_callback3);
static const struct shape operation3 = {
    ROWS({"tags", NULL, 1, TEXTS, NULL}, {"summary", NULL, 2, TEXT, NULL}, {"description", NULL, 3, TEXT, NULL},
         {"externalDocs", NULL, 4, ONE, &outside}, {"operationId", NULL, 5, TEXT, NULL}, {"parameters", NULL, 6, EACH, &a_parameter3},
         {"requestBody", NULL, 7, ONE, &a_body3}, {"responses", NULL, 8, ONE, &responses3}, {"callbacks", NULL, 9, ONE, &named_callbacks3},
         {"deprecated", NULL, 10, FLAG, NULL}, {"security", NULL, 11, EACH, &requirement}, {"servers", NULL, 12, EACH, &server3}),
    .extensions = 13};
static const struct shape path3 = {
    ROWS({"$ref", NULL, 1, TEXT, NULL}, {"summary", NULL, 2, TEXT, NULL}, {"description", NULL, 3, TEXT, NULL}, {"get", NULL, 4, ONE, &operation3},
         {"put", NULL, 5, ONE, &operation3}, {"post", NULL, 6, ONE, &operation3}, {"delete", NULL, 7, ONE, &operation3},
         {"options", NULL, 8, ONE, &operation3}, {"head", NULL, 9, ONE, &operation3}, {"patch", NULL, 10, ONE, &operation3},
         {"trace", NULL, 11, ONE, &operation3}, {"servers", NULL, 12, EACH, &server3}, {"parameters", NULL, 13, EACH, &a_parameter3}),
    .extensions = 14};
static const struct shape paths3 = {.rest = 1, .take = ONE, .each = &path3, .extensions = 2};

static const struct shape flow3 = {ROWS({"authorizationUrl", NULL, 1, TEXT, NULL}, {"tokenUrl", NULL, 2, TEXT, NULL},
                                        {"refreshUrl", NULL, 3, TEXT, NULL}, {"scopes", NULL, 4, ONE, &texts}),
                                   .extensions = 5};
static const struct shape flows3 = {ROWS({"implicit", NULL, 1, ONE, &flow3}, {"password", NULL, 2, ONE, &flow3},
                                         {"clientCredentials", NULL, 3, ONE, &flow3}, {"authorizationCode", NULL, 4, ONE, &flow3}),
                                    .extensions = 5};
static const struct shape security3 = {ROWS({"type", NULL, 1, TEXT, NULL}, {"description", NULL, 2, TEXT, NULL}, {"name", NULL, 3, TEXT, NULL},
                                            {"in", NULL, 4, TEXT, NULL}, {"scheme", NULL, 5, TEXT, NULL}, {"bearerFormat", NULL, 6, TEXT, NULL},
                                            {"flows", NULL, 7, ONE, &flows3}, {"openIdConnectUrl", NULL, 8, TEXT, NULL}),
                                       .extensions = 9};
OR_REFERENCE(a_security3, security3);
NAMED(named_securities3, a_security3);
static const struct shape components3 = {ROWS({"schemas", NULL, 1, ONE, &named_schemas3}, {"responses", NULL, 2, ONE, &named_responses3},
                                              {"parameters", NULL, 3, ONE, &named_parameters3}, {"examples", NULL, 4, ONE, &named_examples3},
                                              {"requestBodies", NULL, 5, ONE, &named_bodies3}, {"headers", NULL, 6, ONE, &named_headers3},
                                              {"securitySchemes", NULL, 7, ONE, &named_securities3}, {"links", NULL, 8, ONE, &named_links3},
                                              {"callbacks", NULL, 9, ONE, &named_callbacks3}),
                                         .extensions = 10};
static const struct shape info3 = {ROWS({"title", NULL, 1, TEXT, NULL}, {"description", NULL, 2, TEXT, NULL}, {"termsOfService", NULL, 3, TEXT, NULL},
                                        {"contact", NULL, 4, ONE, &contact}, {"license", NULL, 5, ONE, &license}, {"version", NULL, 6, TEXT, NULL},
                                        {"summary", NULL, 8, TEXT, NULL}),
                                   .extensions = 7};
static const struct shape document3 = {ROWS({"openapi", NULL, 1, TEXT, NULL}, {"info", NULL, 2, ONE, &info3}, {"servers", NULL, 3, EACH, &server3},
                                            {"paths", NULL, 4, ONE, &paths3}, {"components", NULL, 5, ONE, &components3},
                                            {"security", NULL, 6, EACH, &requirement}, {"tags", NULL, 7, EACH, &tag},
                                            {"externalDocs", NULL, 8, ONE, &outside}),
                                       .extensions = 9};

/* ── the interpreter ── */

static void put_message(struct buf *out, const struct shape *s, const struct value *v);

static void put_any(struct buf *out, uint32_t number, const struct value *v)
{
    size_t any = pb_open(out, number), yaml = pb_open(out, 2);
    json_print(out, v);
    buf_char(out, '\n');
    pb_close(out, yaml);
    pb_close(out, any);
}

static void put_one(struct buf *out, uint32_t number, enum take take, const struct shape *shape, const struct value *v)
{
    switch (take) {
    case TEXT:
    case TEXTS:
        if (v->type == VALUE_TEXT)
            pb_put_bytes(out, number, v->text);
        break;
    case FLAG:
        pb_put_integer(out, number, value_bool(v, false));
        break;
    case WHOLE:
        pb_put_integer(out, number, (uint64_t)value_int(v, 0));
        break;
    case NUMBER:
        pb_put_double(out, number, value_double(v, 0));
        break;
    case ANY:
    case ANYS:
        put_any(out, number, v);
        break;
    case ONE:
    case EACH: {
        size_t message = pb_open(out, number);
        put_message(out, shape, v);
        pb_close(out, message);
        break;
    }
    }
}

static void put(struct buf *out, uint32_t number, enum take take, const struct shape *shape, const struct value *v)
{
    if ((take == TEXTS || take == ANYS || take == EACH) && v->type == VALUE_LIST) {
        VALUE_EACH_ITEM (item, v)
            put_one(out, number, take, shape, item);
    } else if (v->type != VALUE_NULL || take == ANY) {
        put_one(out, number, take, shape, v);
    }
}

static bool fits(const struct row *row, const struct value *v)
{
    if (!row->key)
        return true;
    if (!strcmp(row->key, BOOLEAN))
        return v->type == VALUE_BOOL;
    if (!strcmp(row->key, TEXTUAL))
        return v->type == VALUE_TEXT;
    if (!strcmp(row->key, NUMERIC))
        return v->type == VALUE_INT || v->type == VALUE_DOUBLE;
    const struct value *member = value_get(v, str_of(row->key));
    return member && (row->is ? str_is(value_text(member), row->is) : member->type == VALUE_TEXT);
}

static const struct row *row_of(const struct shape *s, struct str key)
{
    for (size_t i = 0; i < s->n; i++)
        if (str_is(key, s->rows[i].key))
            return &s->rows[i];
    return NULL;
}

static void put_named(struct buf *out, uint32_t number, struct str name, enum take take, const struct shape *shape, const struct value *v)
{
    size_t named = pb_open(out, number);
    pb_put_bytes(out, 1, name);
    put(out, 2, take, shape, v);
    pb_close(out, named);
}

static void put_member(struct buf *out, const struct shape *s, struct str key, const struct value *v)
{
    const struct row *row = row_of(s, key);
    if (row)
        put(out, row->number, row->take, row->shape, v);
    else if (s->extensions && str_starts(key, STR("x-")))
        put_named(out, s->extensions, key, ANY, NULL, v);
    else if (s->rest)
        put_named(out, s->rest, key, s->take, s->each, v);
}

static void put_message(struct buf *out, const struct shape *s, const struct value *v)
{
    if (!s->choice) {
        VALUE_EACH_MEMBER (m, v)
            put_member(out, s, m->key, &m->value);
        return;
    }
    for (size_t i = 0; i < s->n; i++)
        if (fits(&s->rows[i], v)) {
            put(out, s->rows[i].number, s->rows[i].take, s->rows[i].shape, v);
            return;
        }
}

/* ── the document, a piece at a time ── */

static size_t skip_space(struct str t, size_t at)
{
    while (at < t.n && (t.p[at] == ' ' || t.p[at] == '\n' || t.p[at] == '\t' || t.p[at] == '\r'))
        at++;
    return at;
}

/* Where the value that begins at `at` has ended; what lies between is checked when it is parsed. */
static size_t value_end(struct str t, size_t at)
{
    size_t depth = 0;
    bool quoted = false;
    for (; at < t.n; at++) {
        char c = t.p[at];
        if (quoted) {
            at += c == '\\';
            quoted = c != '"';
        } else if (c == '"') {
            quoted = true;
        } else if (c == '{' || c == '[') {
            depth++;
        } else if (!depth && (c == '}' || c == ']' || c == ',' || c == ':')) {
            return at;
        } else if (c == '}' || c == ']') {
            depth--;
        }
    }
    return t.n;
}

#define SPLIT_DEPTH 2 /* document, components, schemas */

static int put_object(struct buf *out, struct arena *mem, const struct shape *s, struct str text, unsigned depth);

static int put_piece(struct buf *out, struct arena *mem, const struct shape *s, struct str key, struct str text, unsigned depth)
{
    struct value v;
    const struct row *row = row_of(s, key);
    if (row && row->take == ONE && !row->shape->choice && depth < SPLIT_DEPTH && text.p[0] == '{') {
        size_t message = pb_open(out, row->number);
        int r = put_object(out, mem, row->shape, text, depth + 1);
        pb_close(out, message);
        return r;
    }
    int r = json_parse(mem, text, &v, NULL);
    if (r == 0)
        put_member(out, s, key, &v);
    return r;
}

/* One object's members, the arena emptied after each that was parsed. */
static int put_object(struct buf *out, struct arena *mem, const struct shape *s, struct str text, unsigned depth)
{
    size_t at = skip_space(text, 1);
    SCOPED(arena) names = NULL;
    int r = arena_new(&names, PIECE_BYTES_MAX);
    while (r == 0 && at < text.n && text.p[at] != '}') {
        size_t end = value_end(text, at), from = skip_space(text, end + 1);
        struct value key;
        arena_reset(names);
        r = json_parse(names, str_head(str_from(text, at), end - at), &key, NULL);
        if (r < 0 || key.type != VALUE_TEXT || end >= text.n || text.p[end] != ':' || from >= text.n)
            return r < 0 ? r : -EBADMSG;
        end = value_end(text, from);
        if (end >= text.n || end == from)
            return -EBADMSG;
        r = put_piece(out, mem, s, key.text, str_head(str_from(text, from), end - from), depth);
        arena_reset(mem);
        at = text.p[end] == ',' ? skip_space(text, end + 1) : end;
    }
    return r < 0 ? r : at < text.n ? 0 : -EBADMSG;
}

int openapi_protobuf(struct str json, bool v3, struct buf *out)
{
    SCOPED(arena) mem = NULL;
    json = str_trim(json);
    if (!json.n || json.p[0] != '{')
        return -EBADMSG;
    int r = arena_new(&mem, PIECE_BYTES_MAX);
    if (r == 0)
        r = put_object(out, mem, v3 ? &document3 : &document2, json, 0);
    return r < 0 ? r : buf_error(out);
}
