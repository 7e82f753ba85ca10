package io.patchbay.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.spi.DirectoryTree;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Images: sent, listed and fetched, on a compute and through its controller. */
class ImagesIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String IMAGES = "/v2/compute/qemu/images";
  private static final long MEBI = 1 << 20;

  private final Server server = Servers.shared();
  private final Api api = server.api();
  private final Path directory = server.home().resolve("images");

  @AfterEach
  void cleanUp() throws Exception {
    for (String kind : List.of("QEMU", "IOS", "IOU")) {
      for (String name : files(directory.resolve(kind))) {
        Files.delete(directory.resolve(kind).resolve(name));
      }
    }
    api.call("DELETE", "/v2/computes/far", "");
  }

  private static List<String> files(Path directory) throws IOException {
    if (Files.notExists(directory)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(directory)) {
      return all.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static Optional<JsonObject> listed(Api api, String list, String name) throws Exception {
    return api.call("GET", list, "").array().getValuesAs(JsonObject.class).stream()
        .filter(image -> image.getString("filename").equals(name))
        .findFirst();
  }

  private static String md5(byte[] content) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content));
  }

  @Test
  void anImageIsSentListedAndFetched() throws Exception {
    byte[] content = "a disk, or something that looks like one".getBytes();
    assertEquals(204, api.bytes("POST", IMAGES + "/some%20disk.img", content).statusCode());
    JsonObject image = listed(api, IMAGES, "some disk.img").orElseThrow();
    assertEquals(md5(content), image.getString("md5sum"));
    assertEquals(content.length, image.getInt("filesize"));
    assertEquals("some disk.img", image.getString("path"));
    HttpResponse<byte[]> fetched = api.bytes("GET", IMAGES + "/some%20disk.img", new byte[0]);
    assertArrayEquals(content, fetched.body());
    assertEquals(
        content.length, fetched.headers().firstValueAsLong("Content-Length").orElseThrow());
    assertEquals(
        "application/octet-stream", fetched.headers().firstValue("Content-Type").orElseThrow());
  }

  @Test
  void aMissingImageIsNamed() throws Exception {
    Api.Answer answer = api.call("GET", IMAGES + "/none.img", "");
    assertEquals(409, answer.status());
    assertEquals("none.img", answer.object().getString("image"));
    assertEquals(404, api.call("GET", "/v2/compute/vpcs/images", "").status());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../secret",
        "..%2fsecret",
        "%2e%2e/secret",
        "%2e%2e%2fsecret",
        "%2E%2E%2F%2E%2E%2Fsecret",
        "a/../../secret",
        "a%2f..%2f..%2fsecret",
        "..;/secret",
        "%2fetc%2fpasswd",
        "/etc/passwd",
        "..%5csecret",
        "%252e%252e%252fsecret",
        "secret%00",
        ".hidden",
        "disk.img.md5sum"
      })
  void nothingOutsideIsReadOrWritten(String name) throws Exception {
    Path images = Files.createDirectories(directory.resolve("QEMU"));
    for (Path outside : List.of(directory, server.home())) {
      Files.writeString(outside.resolve("secret"), "do not tell");
    }
    try {
      for (String prefix : List.of(IMAGES, "/v2/computes/local/qemu/images")) {
        String path = prefix + "/" + name;
        String read = RawRequest.send(server.port(), "GET", path, "");
        assertFalse(read.contains("do not tell") || read.contains("root:"), read);
        assertFalse(read.startsWith("HTTP/1.1 5"), read);
        RawRequest.send(server.port(), "POST", path, "changed");
        for (Path outside : List.of(directory, server.home())) {
          assertEquals("do not tell", Files.readString(outside.resolve("secret")));
        }
      }
      assertFalse(Files.exists(images.resolve(".hidden")));
    } finally {
      Files.delete(directory.resolve("secret"));
      Files.delete(server.home().resolve("secret"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v2/compute/qemu/images", "/v2/computes/local/qemu/images"})
  void anUploadThatBreaksOffLeavesNothing(String prefix) throws Exception {
    byte[] old = "what was there before".getBytes();
    api.bytes("POST", IMAGES + "/old.img", old);
    List<String> before = files(directory.resolve("QEMU"));
    String beginning = "x".repeat(100_000);
    for (String name : List.of("new.img", "old.img")) {
      String path = prefix + "/" + name;
      RawRequest.sendBeginning(server.port(), path, "Content-Length: 5000000", beginning);
      RawRequest.sendBeginning(
          server.port(), path, "Transfer-Encoding: chunked", "186a0\r\n" + beginning + "\r\n");
    }
    // The server notices by itself; an upload that is whole, sent later, is there meanwhile.
    assertEquals(204, api.bytes("POST", IMAGES + "/after.img", old).statusCode());
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    List<String> expected =
        Stream.concat(before.stream(), Stream.of("after.img", "after.img.md5sum"))
            .sorted()
            .toList();
    while (!files(directory.resolve("QEMU")).equals(expected)) {
      assertTrue(System.nanoTime() < deadline, () -> "left over: " + leftOver());
    }
    assertArrayEquals(old, Files.readAllBytes(directory.resolve("QEMU/old.img")));
  }

  private String leftOver() {
    try {
      return files(directory.resolve("QEMU")).toString();
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** Both have less memory than the image has bytes, as it must never be in there. */
  @Test
  void anotherComputeIsSentImagesByTheController() throws Exception {
    Installed.require("qemu-system-x86_64");
    Server near = Servers.local();
    Server far = Servers.embedded();
    near.api()
        .post(
            "/v2/computes",
            ("{\"compute_id\": \"far\", \"name\": \"far\", \"protocol\": \"http\", \"host\":"
                    + " \"127.0.0.1\", \"port\": %d}")
                .formatted(far.port()));
    Path images = far.home().resolve("images/QEMU");
    try {
      assertUploadOfAnySize(near, images);
      assertLackingImageIsSupplied(near, images);
    } finally {
      near.api().call("DELETE", "/v2/computes/far", "");
      Files.deleteIfExists(images.resolve("large.img"));
      Files.deleteIfExists(images.resolve("large.img.md5sum"));
      DirectoryTree.delete(images.resolve("vendor"));
      DirectoryTree.delete(near.home().resolve("images/QEMU/vendor"));
    }
  }

  private static void assertUploadOfAnySize(Server near, Path images) throws Exception {
    long size = 300 * MEBI;
    List<String> before = files(images);
    String list = "/v2/computes/far/qemu/images";
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + near.port() + list + "/large.img"))
            .POST(BodyPublishers.ofInputStream(() -> new Zeros(size)))
            .build();
    HttpResponse<String> answer = Api.HTTP.send(request, BodyHandlers.ofString());
    assertEquals(200, answer.statusCode(), answer.body());
    assertEquals("{}", answer.body());
    JsonObject image = listed(near.api(), list, "large.img").orElseThrow();
    assertEquals(size, image.getJsonNumber("filesize").longValueExact());
    assertEquals(md5OfZeros(size), image.getString("md5sum"));
    assertEquals(
        List.of("large.img", "large.img.md5sum"),
        files(images).stream().filter(file -> !before.contains(file)).toList());
    try (InputStream content = fetch(near, list + "/large.img")) {
      assertEquals(size, content.transferTo(OutputStream.nullOutputStream()));
    }
  }

  private static void assertLackingImageIsSupplied(Server near, Path images) throws Exception {
    byte[] content = "a disk that only the controller has".getBytes();
    String name = "vendor/a disk.img";
    near.api().bytes("POST", IMAGES + "/vendor/a%20disk.img", content);
    String project =
        "/v2/projects/"
            + near.api().post("/v2/projects", "{\"name\": \"it-images\"}").getString("project_id");
    String node =
        "{\"name\": \"M\", \"node_type\": \"qemu\", \"compute_id\": \"far\", \"properties\":"
            + " {\"platform\": \"x86_64\", \"hda_disk_image\": \"%s\"}}";
    JsonObject made =
        near.api().post(project + "/nodes", node.formatted(name)).getJsonObject("properties");
    assertEquals(name, made.getString("hda_disk_image"));
    assertEquals(md5(content), made.getString("hda_disk_image_md5sum"));
    assertArrayEquals(content, Files.readAllBytes(images.resolve(name)));
    Api.Answer refused =
        near.api().call("POST", project + "/nodes", node.formatted("nobody has this.img"));
    assertEquals(409, refused.status());
    assertEquals("nobody has this.img", refused.object().getString("image"));
    near.api().call("DELETE", project, "");
  }

  private static InputStream fetch(Server server, String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path)).build();
    return Api.HTTP.send(request, BodyHandlers.ofInputStream()).body();
  }

  private static String md5OfZeros(long size) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("MD5");
    byte[] part = new byte[(int) MEBI];
    for (long done = 0; done < size; done += part.length) {
      digest.update(part);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** A content that takes no room. */
  private static final class Zeros extends InputStream {
    private long left;

    Zeros(long size) {
      left = size;
    }

    @Override
    public int read() {
      return left-- > 0 ? 0 : -1;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      if (left <= 0) {
        return -1;
      }
      int count = (int) Math.min(length, left);
      Arrays.fill(buffer, offset, offset + count, (byte) 0);
      left -= count;
      return count;
    }
  }

  @Test
  void disksAreMadeAndGrow() throws Exception {
    Installed.require("qemu-img");
    String disk =
        "{\"qemu_img\": \"qemu-img\", \"path\": \"%s\", \"format\": \"qcow2\", \"size\": 2}";
    assertEquals(201, api.call("POST", "/v2/compute/qemu/img", disk.formatted("d.img")).status());
    assertTrue(listed(api, IMAGES, "d.img").isPresent());
    assertEquals(409, api.call("POST", "/v2/compute/qemu/img", disk.formatted("d.img")).status());
    for (String path : List.of("/tmp/d.img", "../d.img", ".d.img")) {
      Api.Answer refused = api.call("POST", "/v2/compute/qemu/img", disk.formatted(path));
      assertEquals(403, refused.status(), path);
    }
    String other =
        "{\"qemu_img\": \"/bin/touch\", \"path\": \"e.img\", \"format\": \"qcow2\", \"size\": 2}";
    assertEquals(409, api.call("POST", "/v2/compute/qemu/img", other).status());
    String larger = "{\"qemu_img\": \"qemu-img\", \"path\": \"%s\", \"extend\": 3}";
    assertEquals(201, api.call("PUT", "/v2/compute/qemu/img", larger.formatted("d.img")).status());
    assertEquals(409, api.call("PUT", "/v2/compute/qemu/img", larger.formatted("e.img")).status());
    assertEquals(List.of("d.img", "d.img.md5sum"), files(directory.resolve("QEMU")));
  }
}
