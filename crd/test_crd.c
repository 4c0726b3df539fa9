#include "tests/quoted.h"

#include "crd/crd.h"
#include "json/json.h"

static struct arena *mem;

static int setup(void **state)
{
    (void)state;
    return arena_new(&mem, (size_t)64 << 20);
}

static int teardown(void **state)
{
    (void)state;
    crd_unload();
    mem = arena_free(mem);
    return 0;
}

static struct value *json(const char *fmt, ...) PRINTF(1, 2);
static struct value *json(const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    struct value *v = quoted_list(mem, fmt, ap);
    va_end(ap);
    return v;
}

static struct value *definition(const char *plural, const char *kind, const char *schema)
{
    return json("{'apiVersion':'apiextensions.k8s.io/"
                "v1','kind':'CustomResourceDefinition','metadata':{'name':'%s.example.com'},'spec':{"
                "'group':'example.com','scope':'Namespaced','names':{'plural':'%s','kind':'%s'},'versions':[{'name':'"
                "v1','served':true,"
                "'storage':true,'schema':{'openAPIV3Schema':%s}}]}}",
                plural, plural, kind, schema);
}

static void wrong(const char *schema, const char *field, const char *message)
{
    struct faults f;
    faults_init(&f, mem);
    crd_validate(definition("widgets", "Widget", schema), NULL, &f);
    if (!field) {
        if (f.n)
            fail_msg("%.*s: %.*s", STR_FMT(f.items[0].field), STR_FMT(f.items[0].message));
        return;
    }
    if (!f.n)
        fail_msg("%s is let pass", schema);
    assert_str(f.items[0].field, field);
    assert_str(f.items[0].message, message);
}

#define ROOT "spec.validation.openAPIV3Schema" /* of a single version, as upstream names it */

static void test_schemas(void **state)
{
    (void)state;
    wrong("{'type':'object'}", NULL, NULL);
    wrong("{'type':'string'}", ROOT ".type", "Invalid value: \"string\": must be object at the root");
    wrong("{'properties':{}}", ROOT ".type", "Required value: must not be empty at the root");
    wrong("{'type':'object','properties':{'a':{}}}", ROOT ".properties[a].type", "Required value: must not be empty for specified object fields");
    wrong("{'type':'object','properties':{'a':{'type':'array','items':{'type':'string'},'uniqueItems':true}}}", ROOT ".properties[a].uniqueItems",
          "Forbidden: uniqueItems cannot be set to true since the runtime complexity becomes quadratic");
    wrong("{'type':'object','properties':{'a':{'type':'string','pattern':'('}}}", ROOT ".properties[a].pattern",
          "Invalid value: \"(\": must be a valid regular expression, but isn't: error parsing regexp: missing closing "
          "): `(`");
    wrong("{'type':'object','properties':{'a':{'type':'integer','default':'x'}}}", ROOT ".properties[a].default",
          "Invalid value: \"string\": default in body must be of type integer: \"string\"");
    wrong("{'type':'object','properties':{'a':{'type':'array','x-kubernetes-list-type':'map','items':{'type':'object'}}"
          "}}",
          ROOT ".properties[a].x-kubernetes-list-map-keys", "Required value: must not be empty if x-kubernetes-list-type is map");
    wrong("{'type':'object','properties':{'a':{'type':'string'}},'anyOf':[{'properties':{'b':{'minLength':1}}}]}", ROOT ".anyOf[0].properties[b]",
          "Required value: because it is defined in the logical part of the schema, it must be declared outside of it");
    wrong("{'type':'object','properties':{'metadata':{'type':'object','properties':{'labels':{'type':'object'}}}}}", ROOT ".properties[metadata]",
          "Forbidden: must not specify anything other than name and generateName, but metadata is implicitly specified");
    wrong("{'type':'object','properties':{'a':{'type':'string','$ref':'#/x'}}}", ROOT ".properties[a].$ref", "Forbidden: $ref is not supported");
}

/* Lists whose items are told apart, and what they may hold. */
static void test_lists(void **state)
{
    (void)state;
    wrong("{'type':'object','properties':{'a':{'type':'array','x-kubernetes-list-type':'set','items':{'type':'object','properties':{}}}}}",
          ROOT ".properties[a].items.x-kubernetes-map-type", "Invalid value: null: must be atomic as item of a list with x-kubernetes-list-type=set");
    wrong("{'type':'object','properties':{'a':{'type':'array','x-kubernetes-list-type':'set','items':{'type':'object','x-kubernetes-map-type':'"
          "atomic'}}}}",
          NULL, NULL);
    wrong("{'type':'object','properties':{'a':{'type':'array','x-kubernetes-list-type':'set','items':{'type':'string','nullable':true}}}}",
          ROOT ".properties[a].items.nullable", "Forbidden: cannot be nullable when x-kubernetes-list-type is set");
    wrong("{'type':'object','properties':{'a':{'type':'array','x-kubernetes-list-type':'map','x-kubernetes-list-map-keys':['k','k'],'items':{'type':"
          "'object','required':['k'],'properties':{'k':{'type':'string'}}}}}}",
          ROOT ".properties[a].x-kubernetes-list-map-keys", "Invalid value: [\"k\",\"k\"]: must not contain duplicate entries");
    wrong("{'type':'object','additionalProperties':{'type':'string'}}", ROOT ".additionalProperties", "Forbidden: must not be used at the root");
    wrong("{'type':'object','properties':{'kind':{'type':'integer'}}}", ROOT ".properties[kind].type", "Invalid value: \"integer\": must be string");
    wrong("{'type':'object','properties':{'metadata':{'type':'object','properties':{'name':{'type':'string','default':'x'}}}}}",
          ROOT ".properties[metadata].properties[name].default", "Forbidden: must not be set in top-level metadata");
    wrong("{'type':'object','properties':{'a':{'type':'array','items':{'type':'string'},'x-kubernetes-preserve-unknown-fields':true}}}", NULL, NULL);
    wrong("{'type':'object','nullable':true}", ROOT ".nullable", "Forbidden: nullable cannot be true at the root");
}

static void test_rule_fields(void **state)
{
    (void)state;
    static const struct {
        const char *rule, *field, *message;
    } rows[] = {
        {"'rule':'self>1','reason':'No'", "reason",
         "Unsupported value: \"No\": supported values: \"FieldValueDuplicate\", \"FieldValueForbidden\", \"FieldValueInvalid\", "
         "\"FieldValueRequired\""},
        {"'rule':'self>1','message':' '", "message", "Invalid value: \" \": must be non-empty if specified"},
        {"'rule':'self>1','messageExpression':' '", "messageExpression", "Required value: messageExpression must be non-empty if specified"},
        {"'rule':'self>1','fieldPath':'.x'", "fieldPath", "Invalid value: \".x\": must be a valid path"},
        {"'rule':'self>1','optionalOldSelf':true", "optionalOldSelf", "Invalid value: true: may not be set if oldSelf is not used in rule"},
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct str schema = arena_fmt(mem, "{'type':'object','properties':{'a':{'type':'integer','x-kubernetes-validations':[{%s}]}}}", rows[i].rule);
        struct str field = arena_fmt(mem, "%s.properties[a].x-kubernetes-validations[0].%s", ROOT, rows[i].field);
        wrong(schema.p, field.p, rows[i].message);
    }
    wrong("{'type':'object','properties':{'a':{'type':'object','properties':{'b':{'type':'string'}},'x-kubernetes-validations':[{'rule':'true',"
          "'fieldPath':'.b'}]}}}",
          NULL, NULL);
}

static void refused_rule(const char *schema, const char *field, const char *part)
{
    struct faults f;
    faults_init(&f, mem);
    crd_validate(definition("widgets", "Widget", schema), NULL, &f);
    if (!f.n)
        fail_msg("%s is let pass", schema);
    assert_str(f.items[0].field, field);
    if (str_find(f.items[0].message, str_of(part)) < 0)
        fail_msg("%.*s", STR_FMT(f.items[0].message));
}

static void test_rules(void **state)
{
    (void)state;
    wrong("{'type':'object','properties':{'a':{'type':'integer','x-kubernetes-validations':[{'rule':'self > 0 && self "
          ">= oldSelf'}]}}}",
          NULL, NULL);
    refused_rule("{'type':'object','properties':{'a':{'type':'object','properties':{'b':{'type':'integer'}},'x-"
                 "kubernetes-validations':[{'rule':"
                 "'self.nope > 1'}]}}}",
                 ROOT ".properties[a].x-kubernetes-validations[0].rule", "undefined field");
    refused_rule("{'type':'object','properties':{'a':{'type':'integer','x-kubernetes-validations':[{'rule':'self +'}]}}}",
                 ROOT ".properties[a].x-kubernetes-validations[0].rule", "Syntax error");
    refused_rule("{'type':'object','properties':{'a':{'type':'integer','x-kubernetes-validations':[{'rule':'self + 1'}]}}}",
                 ROOT ".properties[a].x-kubernetes-validations[0].rule", "must evaluate to a bool");
    refused_rule("{'type':'object','properties':{'a':{'type':'array','items':{'type':'string'},'x-kubernetes-"
                 "validations':[{'rule':"
                 "'self.all(x, self.all(y, x == y))'}]}}}",
                 ROOT ".properties[a].x-kubernetes-validations[0].rule", "cost exceeds budget by factor of more than 100x");
    refused_rule("{'type':'object','properties':{'a':{'type':'array','maxItems':5,'items':{'type':'string','maxLength':"
                 "5,'x-kubernetes-validations':"
                 "[{'rule':'self == oldSelf'}]}}}}",
                 ROOT ".properties[a].items.x-kubernetes-validations[0].rule", "oldSelf cannot be used on the uncorrelatable portion");
}

static struct object *freeze(struct value *tree)
{
    struct object *o = NULL;
    struct err err = {{0}};
    const struct schema_kind *k = schema_kind_parse(STR("apiextensions.k8s.io/v1"), STR("CustomResourceDefinition"));
    if (object_freeze(&o, STR("/registry/x"), k, tree, &err) < 0)
        fail_msg("%s", err.text);
    return o;
}

static struct str condition(const struct value *tree, const char *type, const char *field)
{
    VALUE_EACH_ITEM (c, value_at(tree, "status.conditions")) {
        if (str_is(value_text_at(c, "type"), type))
            return value_text_at(c, field);
    }
    return STR("");
}

static void publish(struct value *tree)
{
    struct err err = {{0}};
    struct object *o = freeze(tree);
    assert_done(crd_publish(o, NULL, &err));
    object_unref(o);
}

static void test_names(void **state)
{
    (void)state;
    struct value *a = definition("widgets", "Widget", "{'type':'object'}");
    assert_done(crd_default(mem, a));
    assert_str(value_text_at(a, "spec.names.singular"), "widget");
    assert_str(value_text_at(a, "spec.names.listKind"), "WidgetList");
    assert_done(crd_settle(mem, a, NULL, 1000));
    assert_str(condition(a, "Established", "status"), "True");
    assert_str(condition(a, "NamesAccepted", "reason"), "NoConflicts");
    assert_str(value_text_at(a, "status.acceptedNames.kind"), "Widget");
    assert_str(value_text(value_item(value_at(a, "status.storedVersions"), 0)), "v1");
    publish(a);
    struct value *b = definition("gadgets", "Widget", "{'type':'object'}");
    assert_done(crd_default(mem, b));
    assert_done(crd_settle(mem, b, NULL, 1000));
    assert_str(condition(b, "NamesAccepted", "status"), "False");
    assert_str(condition(b, "NamesAccepted", "reason"), "SingularConflict");
    assert_str(condition(b, "NamesAccepted", "message"),
               "\"widget\" is already in use, \"Widget\" is already in use, \"WidgetList\" is already in use");
    assert_str(condition(b, "Established", "status"), "False");
    publish(b);
    assert_int_equal(schema_custom_count(), 1);
    schema_custom_withdraw(STR("widgets.example.com"));
    assert_done(crd_settle(mem, b, b, 2000)); /* its turn has come */
    assert_str(condition(b, "Established", "status"), "True");
    publish(b);
    const struct schema_resource *r = schema_resource_take(STR("example.com"), STR("v1"), STR("gadgets"));
    assert_non_null(r);
    assert_true(r->namespaced);
    assert_str(r->storage_path, "example.com/gadgets");
    schema_resource_put(r);
}

/* What is stored in one version is read in another, with that one's defaults. */
static void test_read(void **state)
{
    (void)state;
    struct err err = {{0}};
    struct value *d = json("{'apiVersion':'apiextensions.k8s.io/"
                           "v1','kind':'CustomResourceDefinition','metadata':{'name':'w.example.com'},'spec':{"
                           "'group':'example.com','scope':'Cluster','names':{'plural':'w','kind':'W'},'versions':["
                           "{'name':'v1','served':true,'storage':true,'schema':{'openAPIV3Schema':{'type':'object','"
                           "properties':{'a':{'type':'string'}}}}},"
                           "{'name':'v2','served':true,'storage':false,'schema':{'openAPIV3Schema':{'type':'object','"
                           "properties':{'a':{'type':'string'},"
                           "'b':{'type':'string','default':'B'}}}}}]}}");
    assert_done(crd_default(mem, d));
    assert_done(crd_settle(mem, d, NULL, 1000));
    publish(d);
    const struct schema_resource *v1 = schema_resource_take(STR("example.com"), STR("v1"), STR("w"));
    const struct schema_resource *v2 = schema_resource_take(STR("example.com"), STR("v2"), STR("w"));
    struct object *o = NULL;
    struct value *tree = json("{'apiVersion':'example.com/v1','kind':'W','metadata':{'name':'n','uid':'u'},'a':'A'}"), out;
    assert_done(object_freeze(&o, STR("/registry/example.com/w/n"), v1->kind, tree, &err));
    assert_null(o->kind);
    assert_true(crd_reads_plain(v1, o));
    assert_false(crd_reads_plain(v2, o));
    assert_done(crd_read(mem, v2, o, &out, &err));
    assert_str(value_text_at(&out, "apiVersion"), "example.com/v2");
    assert_str(value_text_at(&out, "b"), "B");
    object_unref(o);
    schema_resource_put(v1);
    schema_resource_put(v2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_schemas, setup, teardown),     cmocka_unit_test_setup_teardown(test_lists, setup, teardown),
        cmocka_unit_test_setup_teardown(test_rule_fields, setup, teardown), cmocka_unit_test_setup_teardown(test_rules, setup, teardown),
        cmocka_unit_test_setup_teardown(test_names, setup, teardown),       cmocka_unit_test_setup_teardown(test_read, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
