package io.patchbay.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * OpenLDAP's server for a test, with users, nested groups and the memberof overlay, in a directory
 * and on ports of its own; never the service of the machine. Its certificate is self-made, for
 * {@code localhost}.
 *
 * <p>The users are {@code ann} (password {@code annspw}, group {@code students}) and {@code bob}
 * ({@code bobspw}, group {@code teachers}, which is in {@code staff}).
 */
public final class Slapd implements AutoCloseable {
  public static final String BASE = "dc=lab,dc=test";
  public static final String SERVICE = "cn=patchbay," + BASE;
  public static final String SERVICE_PASSWORD = "service";

  private static final String SERVER = "/usr/sbin/slapd";
  private static final String ADMINISTRATOR = "cn=root," + BASE;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final String CONFIGURATION =
      """
      include /etc/ldap/schema/core.schema
      include /etc/ldap/schema/cosine.schema
      include /etc/ldap/schema/inetorgperson.schema
      modulepath /usr/lib/ldap
      moduleload back_mdb
      moduleload memberof
      TLSCertificateFile @/cert.pem
      TLSCertificateKeyFile @/key.pem
      database mdb
      suffix "dc=lab,dc=test"
      rootdn "cn=root,dc=lab,dc=test"
      rootpw rootpw
      directory @/db
      overlay memberof
      access to attrs=userPassword by anonymous auth by * none
      access to * by dn.exact="cn=patchbay,dc=lab,dc=test" read by self read by * none
      """;

  private static final String ENTRIES =
      """
      dn: dc=lab,dc=test
      objectClass: dcObject
      objectClass: organization
      dc: lab
      o: lab

      dn: cn=patchbay,dc=lab,dc=test
      objectClass: organizationalRole
      objectClass: simpleSecurityObject
      cn: patchbay
      userPassword: service

      dn: ou=people,dc=lab,dc=test
      objectClass: organizationalUnit
      ou: people

      dn: ou=groups,dc=lab,dc=test
      objectClass: organizationalUnit
      ou: groups

      dn: uid=ann,ou=people,dc=lab,dc=test
      objectClass: inetOrgPerson
      uid: ann
      cn: Ann
      sn: Ann
      userPassword: annspw

      dn: uid=bob,ou=people,dc=lab,dc=test
      objectClass: inetOrgPerson
      uid: bob
      cn: Bob
      sn: Bob
      userPassword: bobspw

      dn: cn=students,ou=groups,dc=lab,dc=test
      objectClass: groupOfNames
      cn: students
      member: uid=ann,ou=people,dc=lab,dc=test

      dn: cn=teachers,ou=groups,dc=lab,dc=test
      objectClass: groupOfNames
      cn: teachers
      member: uid=bob,ou=people,dc=lab,dc=test

      dn: cn=staff,ou=groups,dc=lab,dc=test
      objectClass: groupOfNames
      cn: staff
      member: cn=teachers,ou=groups,dc=lab,dc=test
      """;

  private final Path directory;
  private final int port = freePort();
  private final int securePort = freePort();
  private Process process;

  private Slapd(Path directory) {
    this.directory = directory.toAbsolutePath();
  }

  /**
   * Starts one; skips the test where OpenLDAP is not installed.
   *
   * @param directory empty
   */
  public static Slapd start(Path directory) throws IOException, InterruptedException {
    for (String program : List.of(SERVER, "/usr/bin/ldapadd", "/usr/bin/openssl")) {
      Assumptions.assumeTrue(Files.isExecutable(Path.of(program)), program + " is not installed");
    }
    Slapd server = new Slapd(directory);
    server.prepare();
    server.start();
    Path entries = server.directory.resolve("entries.ldif");
    Files.writeString(entries, ENTRIES);
    server.run(
        "/usr/bin/ldapadd",
        "-x",
        "-H",
        server.url(),
        "-D",
        ADMINISTRATOR,
        "-w",
        "rootpw",
        "-f",
        entries.toString());
    return server;
  }

  private void prepare() throws IOException, InterruptedException {
    Files.createDirectories(directory.resolve("db"));
    Files.writeString(
        directory.resolve("slapd.conf"), CONFIGURATION.replace("@", directory.toString()));
    run(
        "/usr/bin/openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=localhost",
        "-addext",
        "subjectAltName=DNS:localhost",
        "-keyout",
        directory.resolve("key.pem").toString(),
        "-out",
        certificate().toString());
  }

  private void run(String... command) throws IOException, InterruptedException {
    Path log = directory.resolve("commands.log");
    Process running =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    if (!running.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || running.exitValue() != 0) {
      running.destroyForcibly();
      throw new AssertionError(command[0] + " failed: " + Files.readString(log));
    }
  }

  /** Starts it, also again after {@link #stop}; what it knew it knows. */
  public void start() throws IOException, InterruptedException {
    Path log = directory.resolve("slapd.log");
    process =
        new ProcessBuilder(
                SERVER,
                "-d",
                "0",
                "-f",
                directory.resolve("slapd.conf").toString(),
                "-h",
                url() + " ldaps://127.0.0.1:" + securePort)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!answers(port) || !answers(securePort)) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        process.destroyForcibly();
        throw new AssertionError("slapd did not start: " + Files.readString(log));
      }
      process.waitFor(20, TimeUnit.MILLISECONDS);
    }
  }

  private static boolean answers(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends it as if its machine had gone. */
  public void stop() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** In clear text, or for StartTLS. */
  public String url() {
    return "ldap://localhost:" + port;
  }

  public String secureUrl() {
    return "ldaps://localhost:" + securePort;
  }

  /** The same server by a name that its certificate does not have. */
  public String misnamedUrl() {
    return "ldaps://127.0.0.1:" + securePort;
  }

  /** Its certificate, as PEM. */
  public Path certificate() {
    return directory.resolve("cert.pem");
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
