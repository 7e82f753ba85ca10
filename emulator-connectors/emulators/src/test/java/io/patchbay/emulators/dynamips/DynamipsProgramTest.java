package io.patchbay.emulators.dynamips;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.emulators.dynamips.hypervisor.DynamipsProgram;
import io.patchbay.runtime.port.PortPool;
import io.patchbay.spi.EmulatedNode;
import io.patchbay.spi.ErrorCode;
import io.patchbay.spi.LabException;
import io.patchbay.testkit.NodeProcesses;
import io.patchbay.testkit.TestCompute;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With programs in the place of Dynamips that are none. */
class DynamipsProgramTest {
  private static final String VERSION =
      "[ $1 = -P ] && echo 'Cisco Router Simulation Platform (version 0.2.14-amd64/Linux stable)'";

  /** Listens on the port at the end of the command line and answers nonsense. */
  private static final String NONSENSE =
      """
      exec python3 - "$@" <<'END'
      import socket, sys
      host, port = sys.argv[-1].split(':')
      server = socket.create_server((host, int(port)))
      while True:
          client = server.accept()[0]
          client.recv(1000)
          client.sendall(b'What do you mean?\\r\\n')
      END
      """;

  @TempDir private Path directory;

  private String program(String... lines) throws IOException {
    Path script = directory.resolve("dynamips");
    Files.writeString(script, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    return script.toString();
  }

  private static String refusal(String program) {
    return assertThrows(IOException.class, () -> DynamipsProgram.find(program)).getMessage();
  }

  @Test
  void programsThatAreNotThereOrNotItAreTold() throws IOException {
    assertTrue(refusal("no-such-dynamips").contains("not installed"));
    assertTrue(refusal(program("echo hello")).contains("does not tell its version"));
    assertTrue(refusal(program("echo version 0.2.8")).contains("0.2.11 or newer"));
    assertTrue(refusal(program("echo version 0.1.99")).contains("0.2.11 or newer"));
    assertEquals("0.2.14", DynamipsProgram.find(program(VERSION)).version());
    assertEquals("0.3.0", DynamipsProgram.find(program("echo version 0.3.0")).version());
    assertEquals("1.0.1", DynamipsProgram.find(program("echo version 1.0.1")).version());
  }

  @Test
  void programsThatEndOrTalkNonsenseAreRefusedAndLeaveNothing() throws IOException {
    for (String behaviour : List.of("[ $1 = -P ] || { echo out of order; exit 3; }", NONSENSE)) {
      String program =
          behaviour.equals(NONSENSE)
              ? program(VERSION + " && exit", behaviour)
              : program(VERSION, behaviour);
      try (TestCompute compute = TestCompute.open(directory, TestCompute.roomy(), program)) {
        TestRouter.provide(compute.adapter());
        PortPool consoles = compute.adapter().consolePorts();
        DynamipsConnector connector =
            new DynamipsConnector(compute.adapter(), Duration.ZERO, Duration.ofSeconds(30));
        try (EmulatedNode node =
            connector.create(compute.site("R1"), TestRouter.settings("R1").build())) {
          LabException refused = assertThrows(LabException.class, node::start);
          assertEquals(ErrorCode.CONFLICT, refused.code());
          assertTrue(refused.getMessage().contains("did not start"), refused.getMessage());
          assertEquals("stopped", node.describe().getString("status"));
          assertEquals(1, consoles.leased().size(), "that of the node itself");
          assertEquals(List.of(), NodeProcesses.mentioning(directory.toString()));
        }
        assertEquals(Set.of(), Set.copyOf(consoles.leased()));
      }
    }
  }
}
