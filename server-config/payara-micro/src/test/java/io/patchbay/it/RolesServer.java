package io.patchbay.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.patchbay.spi.DirectoryTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A server that tells its users apart, shared by the tests of that: {@code root} is administrator,
 * {@code tom} an instructor of the group {@code net101}, {@code ann} a user in it, {@code bob} a
 * user outside who may have little, {@code eve} an auditor, {@code nobody} without a role. Nodes of
 * a project that nobody uses for 18 seconds are stopped. It ends with the tests' own process.
 */
final class RolesServer {
  /** Of the password {@code filed}, which all have. */
  static final String HASH =
      "PBKDF2WithHmacSHA512:100000:MDEyMzQ1Njc4OWFiY2RlZg==:zp+bRQOQSMkVrq6+s2VXNYiP92NBIIGaBqODQdRm"
          + "7J9yxLwJOmj9Y11oWspadKcQ4L1fXmi2utVQJwAtVTUwfw==";

  static final String PASSWORD = "filed";
  static final int HTTPS_PORT = Server.freePort();
  static final int REQUESTS_PER_USER = 60;
  static final long UPLOAD_MAX_BYTES = 100L << 20;

  static final Server SERVER = start();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(SERVER::close));
  }

  private RolesServer() {}

  private static Server start() {
    Path home = Path.of("target/home-roles").toAbsolutePath();
    try {
      DirectoryTree.delete(home);
      Files.createDirectories(home);
      Files.writeString(home.resolve("users"), users());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Server.start(
        home,
        "patchbay.vpcs.engine=embedded",
        "patchbay.auth=users-file",
        "patchbay.roles.administrator=root",
        "patchbay.roles.instructor=tom",
        "patchbay.roles.user=@students",
        "patchbay.roles.auditor=@audit",
        "patchbay.roles.default=none",
        "patchbay.https.port=" + HTTPS_PORT,
        "patchbay.http.requests-per-user=" + REQUESTS_PER_USER,
        "patchbay.http.upload-max-bytes=" + UPLOAD_MAX_BYTES,
        "patchbay.projects.idle-stop=0.3",
        "patchbay.projects.idle-notice=0.2",
        "patchbay.quotas.projects=bob=5",
        "patchbay.quotas.ram=bob=64",
        "patchbay.quotas.disk=bob=2",
        "patchbay.quotas.running-nodes=bob=1");
  }

  private static String users() {
    return List.of(
            "root",
            "tom:net101,students",
            "ann:net101,students",
            "bob:students",
            "eve:audit",
            "nobody:strangers")
        .stream()
        .map(user -> user.split(":", 2))
        .map(user -> user[0] + ":" + HASH + (user.length > 1 ? ":" + user[1] : "") + "\n")
        .collect(Collectors.joining());
  }

  static Api as(String user) {
    return SERVER.api().as(user, PASSWORD);
  }

  /** The path of a new project. */
  static String create(String user, String name) throws Exception {
    return "/v2/projects/"
        + as(user)
            .post("/v2/projects", "{\"name\": \"%s\", \"auto_close\": false}".formatted(name))
            .getString("project_id");
  }

  static String addPc(String user, String project) throws Exception {
    return project
        + "/nodes/"
        + as(user)
            .post(
                project + "/nodes",
                "{\"name\": \"PC\", \"node_type\": \"vpcs\", \"compute_id\": \"local\"}")
            .getString("node_id");
  }

  static int status(String user, String method, String path) throws Exception {
    return as(user).call(method, path, "").status();
  }

  static void share(String project, String users) throws Exception {
    Api.Answer shared = as("ann").call("PUT", project + "/access", "{\"users\": " + users + "}");
    assertEquals(200, shared.status(), shared.response().body());
  }
}
