package io.patchbay.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Machines of VirtualBox, VMware and TraceNG, from their templates on. */
class MachinesIT {
  private static final MachineLab LAB = Servers.machines();

  private final Api api = Servers.local().api();
  private String project;

  @BeforeAll
  static void requireVpcs() {
    Installed.requireVpcs();
  }

  @AfterAll
  static void end() {
    LAB.end();
  }

  @BeforeEach
  void createProject() throws Exception {
    project =
        "/v2/projects/"
            + api.post("/v2/projects", "{\"name\": \"it-machines\", \"auto_close\": false}")
                .getString("project_id");
  }

  @AfterEach
  void deleteProject() throws Exception {
    assertEquals(204, api.call("DELETE", project, "").status());
  }

  @Test
  void virtualBox() throws Exception {
    LAB.virtualBox(api, project);
  }

  @Test
  void vmware() throws Exception {
    LAB.vmware(api, project);
  }

  @Test
  void traceNg() throws Exception {
    LAB.traceNg(api, project);
  }
}
