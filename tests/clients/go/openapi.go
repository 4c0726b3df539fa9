package main

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"

	openapi_v2 "github.com/google/gnostic-models/openapiv2"
	openapi_v3 "github.com/google/gnostic-models/openapiv3"
	"go.yaml.in/yaml/v3"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	utilproto "k8s.io/kube-openapi/pkg/util/proto"
)

func (c *cluster) document(path, accept string) ([]byte, error) {
	return c.RESTClient().Get().AbsPath(path).SetHeader("Accept", accept).Do(c).Raw()
}

// An Any holds YAML, for which there are many spellings: each is made the one that encoding/json writes. A default that
// is no plain value, for which v3 has no place, is a message that says nothing; both sides lose it.
func settle(m protoreflect.Message) error {
	var fail error
	m.Range(func(f protoreflect.FieldDescriptor, v protoreflect.Value) bool {
		switch {
		case f.Name() == "yaml" && f.ContainingMessage().Name() == "Any":
			var parsed any
			if fail = yaml.Unmarshal([]byte(v.String()), &parsed); fail == nil {
				var text []byte
				text, fail = json.Marshal(parsed)
				m.Set(f, protoreflect.ValueOfString(string(text)))
			}
		case f.IsList() && f.Message() != nil:
			for i := 0; i < v.List().Len() && fail == nil; i++ {
				fail = settle(v.List().Get(i).Message())
			}
		case f.Message() != nil && !f.IsList() && !f.IsMap():
			fail = settle(v.Message())
		}
		return fail == nil
	})
	return fail
}

// Where two messages first part, from outside in.
func parting(a, b protoreflect.Message, at string) string {
	if proto.Equal(a.Interface(), b.Interface()) {
		return ""
	}
	fields := a.Descriptor().Fields()
	for i := 0; i < fields.Len(); i++ {
		f := fields.Get(i)
		here := at + "." + string(f.Name())
		va, vb := a.Get(f), b.Get(f)
		if f.IsList() {
			if va.List().Len() != vb.List().Len() {
				return fmt.Sprintf("%s: %d items, not %d", here, va.List().Len(), vb.List().Len())
			}
			for k := 0; k < va.List().Len() && f.Message() != nil; k++ {
				if s := parting(va.List().Get(k).Message(), vb.List().Get(k).Message(), fmt.Sprintf("%s[%d]", here, k)); s != "" {
					return s
				}
			}
		} else if f.Message() != nil {
			if a.Has(f) != b.Has(f) {
				return fmt.Sprintf("%s: there: %v, wanted: %v", here, a.Has(f), b.Has(f))
			}
			if s := parting(va.Message(), vb.Message(), here); s != "" {
				return s
			}
		} else if !va.Equal(vb) {
			return fmt.Sprintf("%s: %v, not %v", here, va, vb)
		}
	}
	return at + ": they differ"
}

func same(got, want proto.Message, what string) error {
	if err := settle(got.ProtoReflect()); err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	if err := settle(want.ProtoReflect()); err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	if at := parting(got.ProtoReflect(), want.ProtoReflect(), what); at != "" {
		return fmt.Errorf("protobuf and JSON part at %s", at)
	}
	return nil
}

const definition = `{"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"boats.go.example.com"},
"spec":{"group":"go.example.com","scope":"Namespaced","names":{"plural":"boats","singular":"boat","kind":"Boat","listKind":"BoatList"},
"versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object","properties":{"spec":{"type":"object",
"required":["oars"],"properties":{"oars":{"type":"integer","minimum":1,"maximum":8},"name":{"type":"string","nullable":true,"default":"none"},
"any":{"type":"object","x-kubernetes-preserve-unknown-fields":true},"port":{"x-kubernetes-int-or-string":true,"anyOf":[{"type":"integer"},
{"type":"string"}]},"map":{"type":"object","additionalProperties":{"type":"array","items":{"type":"string","enum":["a","b"]}}}}}}}}}]}}`

// A kind of our own is in the documents within a moment, also for whoever asked before.
func (c *cluster) defineBoats() error {
	path := "/apis/apiextensions.k8s.io/v1/customresourcedefinitions"
	if _, err := c.document("/openapi/v2", "application/com.github.proto-openapi.spec.v2@v1.0+protobuf"); err != nil {
		return err
	}
	err := c.RESTClient().Post().AbsPath(path).SetHeader("Content-Type", "application/json").Body([]byte(definition)).Do(c).Error()
	if err != nil {
		return err
	}
	return c.wait("boats in OpenAPI", func() bool {
		raw, err := c.document("/openapi/v2", "application/com.github.proto-openapi.spec.v2@v1.0+protobuf")
		got := &openapi_v2.Document{}
		if err != nil || proto.Unmarshal(raw, got) != nil {
			return false
		}
		for _, s := range got.Definitions.AdditionalProperties {
			if s.Name == "com.example.go.v1.Boat" {
				return true
			}
		}
		return false
	})
}

// The protobuf documents are what the published module makes of the JSON ones, and what clients read from them is there.
func openAPI(c *cluster) error {
	if err := c.defineBoats(); err != nil {
		return err
	}
	text, err := c.document("/openapi/v2", "application/json")
	if err != nil {
		return err
	}
	want, err := openapi_v2.ParseDocument(text)
	if err != nil {
		return fmt.Errorf("/openapi/v2: %w", err)
	}
	for _, accept := range []string{"application/com.github.proto-openapi.spec.v2@v1.0+protobuf", "application/com.github.proto-openapi.spec.v2.v1.0+protobuf"} {
		raw, err := c.document("/openapi/v2", accept)
		if err != nil {
			return fmt.Errorf("%s: %w", accept, err)
		}
		got := &openapi_v2.Document{}
		if err = proto.Unmarshal(raw, got); err != nil {
			return err
		}
		if err = same(got, want, "v2"); err != nil {
			return err
		}
	}
	got, err := c.Discovery().OpenAPISchema()
	if err != nil {
		return err
	}
	models, err := utilproto.NewOpenAPIData(got)
	if err != nil {
		return err
	}
	spec, ok := models.LookupModel("io.k8s.api.core.v1.Pod").(*utilproto.Kind)
	if !ok {
		return fmt.Errorf("the model of Pod is %v", reflect.TypeOf(models.LookupModel("io.k8s.api.core.v1.Pod")))
	}
	if ref, ok := spec.Fields["spec"].(utilproto.Reference); !ok || ref.Reference() != "io.k8s.api.core.v1.PodSpec" {
		return fmt.Errorf("a Pod's spec is %v", spec.Fields["spec"])
	}
	return openAPIv3(c)
}

func openAPIv3(c *cluster) error {
	paths, err := c.Discovery().OpenAPIV3().Paths()
	if err != nil {
		return err
	}
	seen := 0
	for path, gv := range paths {
		if !strings.HasPrefix(path, "api") {
			continue
		}
		raw, err := gv.Schema("application/com.github.proto-openapi.spec.v3@v1.0+protobuf")
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		text, err := gv.Schema("application/json")
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		want, err := openapi_v3.ParseDocument(text)
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		got := &openapi_v3.Document{}
		if err = proto.Unmarshal(raw, got); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		if err = same(got, want, path); err != nil {
			return err
		}
		seen++
	}
	if _, there := paths["apis/go.example.com/v1"]; !there {
		return fmt.Errorf("no document tells of boats: %v", paths)
	}
	if seen < 20 {
		return fmt.Errorf("only %d group versions have a document: %v", seen, paths)
	}
	return nil
}
