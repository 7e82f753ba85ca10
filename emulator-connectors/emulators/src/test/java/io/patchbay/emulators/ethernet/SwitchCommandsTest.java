package io.patchbay.emulators.ethernet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.netstack.device.EthernetSwitch;
import io.patchbay.spi.Json;
import jakarta.json.JsonArray;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SwitchCommandsTest {
  private static final JsonArray PORTS =
      Json.createArrayBuilder()
          .add(
              Json.createObjectBuilder()
                  .add("name", "Ethernet0")
                  .add("port_number", 0)
                  .add("type", "dot1q")
                  .add("vlan", 12))
          .build();

  private final SwitchCommands commands =
      new SwitchCommands(new EthernetSwitch(), () -> "SW1", () -> PORTS);

  private String run(String line) {
    return commands.run(line).orElseThrow();
  }

  @Test
  void promptIsTheName() {
    assertEquals("SW1> ", commands.prompt());
  }

  @Test
  void portsAreShownWithTheirSettings() {
    assertEquals(
        "Port          Mode    VLAN  Link\nEthernet0     dot1q   12    -\n", run("show ports"));
  }

  @Test
  void wordsMayBeShortened() {
    assertEquals(run("show ports"), run("sh  p"));
    assertEquals(run("show mac"), run("m"));
    assertEquals("", run("cl m"));
  }

  @Test
  void whatIsNotMeantIsSaid() {
    assertTrue(run("reboot").contains("no command 'reboot'"));
    assertTrue(run("show").contains("no command"));
    assertTrue(run("help").contains("show mac"));
  }

  @Test
  void leavingHasNoAnswer() {
    assertEquals(Optional.empty(), commands.run("exit"));
    assertEquals(Optional.empty(), commands.run("q"));
  }
}
