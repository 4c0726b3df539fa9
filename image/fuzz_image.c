/* What registries send: the first byte chooses the parser. */
#include "image/inside.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    struct str text = str_make(data + 1, size - 1);
    struct image_manifest m;
    struct image_ref ref, again;
    char printed[IMAGE_REF_MAX + 512];
    SCOPED(arena) a = NULL;
    if (arena_new(&a, 16u << 20) < 0)
        return 0;
    switch (data[0]) {
    case 'm':
        if (image_manifest_parse(&m, text, STR_NONE, NULL) == 0)
            image_manifest_choose(&m, STR("linux"), STR("amd64"), STR_NONE);
        arena_free(m.mem);
        break;
    case 'c': {
        struct image_layer layers[2];
        if (image_config_layers(a, text, layers, 2, NULL) == 0)
            CHECK(image_digest_valid(layers[1].diff_id));
        break;
    }
    case 'a': {
        struct image_pull_request q = {.docker_configs = &text, .n_docker_configs = 1};
        struct image_credential *c;
        size_t n;
        if (image_credentials_read(a, &q, &c, &n) == 0)
            image_credential_for(c, n, "registry.local:5000", "a/b", 0);
        break;
    }
    default:
        if (image_ref_parse(&ref, text, NULL) == 0) {
            image_ref_print(&ref, printed);
            CHECK(image_ref_parse(&again, str_of(printed), NULL) == 0);
        }
    }
    return 0;
}
