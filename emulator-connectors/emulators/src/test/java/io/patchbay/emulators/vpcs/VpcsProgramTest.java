package io.patchbay.emulators.vpcs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VpcsProgramTest {
  @TempDir private Path directory;

  private Path program(String output) throws IOException {
    Path program = directory.resolve("vpcs");
    Files.writeString(program, "#!/bin/sh\necho '" + output + "'\n");
    return Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void tellsReleasesApart() throws IOException {
    for (String release : List.of("0.5b2", "0.6", "0.6.1", "0.7")) {
      VpcsProgram old =
          VpcsProgram.probe(program("Welcome to Virtual PC Simulator, version " + release));
      assertEquals(release, old.version());
      assertTrue(old.relays(), release);
      assertFalse(old.command(1, 2, 3, 4, false).contains("-R"));
    }
    VpcsProgram current = VpcsProgram.probe(program("version 0.8.3"));
    assertFalse(current.relays());
    assertTrue(current.command(1, 2, 3, 4, false).contains("-R"), "must not relay");
    assertFalse(new VpcsProgram(Path.of("vpcs"), "1.0").relays());
  }

  @Test
  void somethingElseThatIsCalledVpcsIsRefused() throws IOException {
    Path other = program("usage: vpcs FILE");
    assertThrows(IOException.class, () -> VpcsProgram.probe(other));
    assertThrows(IOException.class, () -> VpcsProgram.probe(directory.resolve("missing")));
  }

  @Test
  void commandNamesThePortsAndTheScriptLast() {
    VpcsProgram program = new VpcsProgram(Path.of("/usr/bin/vpcs"), "0.8.3");
    assertEquals(
        "/usr/bin/vpcs -p 5000 -m 7 -i 1 -F -R -s 10000 -c 10001 -t 127.0.0.1 startup.vpc",
        String.join(" ", program.command(5000, 10000, 10001, 7, true)));
  }
}
