# Short doors to meson. `make run` and `make test` install what they need.
BUILD ?= build
DEBUG ?= build-debug
NAME ?= coracle
.PHONY: all build debug run stop test unit e2e clients bench fuzz fmt lint gen install crash clean

all: build

build:
	@tools/install build
	@test -f $(BUILD)/build.ninja || meson setup $(BUILD) --buildtype=release -Ddebug=true >/dev/null
	@ninja -C $(BUILD) --quiet coracle codec

debug:
	@tools/install build
	@test -f $(DEBUG)/build.ninja || meson setup $(DEBUG) --buildtype=debugoptimized -Db_sanitize=address,undefined >/dev/null
	@ninja -C $(DEBUG) --quiet

run: build
	@tools/install run example
	@tools/run

stop:
	@$(BUILD)/coracle stop --name $(NAME)

test: unit lint e2e

unit: debug
	@meson test -C $(DEBUG) --no-rebuild --print-errorlogs

e2e: build
	@tools/install run test
	@tests/e2e/run

clients: build
	@tools/install run test client
	@tests/clients/run

bench: build
	@tools/install run test bench
	@bench/run

fuzz:
	@tools/install build
	@tools/fuzz

crash: debug
	@$(DEBUG)/crash_store 1000

gen:
	@tools/gen.py

lint:
	@tools/rooms.py
	@tools/lint

fmt:
	@git ls-files '*.c' '*.h' | grep -v '^gen/' | xargs clang-format -i

install: build
	@tools/install-files "$(DESTDIR)" "$(BUILD)"

clean:
	rm -rf $(BUILD) $(DEBUG) build-fuzz
