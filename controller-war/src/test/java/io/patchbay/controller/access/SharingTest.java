package io.patchbay.controller.access;

import static io.patchbay.controller.access.AccessForTests.user;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.server.access.Right;
import io.patchbay.server.auth.Caller;
import io.patchbay.server.auth.Role;
import io.patchbay.server.config.Quota;
import io.patchbay.server.config.QuotaSettings;
import io.patchbay.server.event.EventFeed;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import jakarta.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharingTest {
  private static final String ID = "11111111-2222-4333-8444-555555555555";

  @TempDir private Path directory;
  private Sharing sharing;

  @BeforeEach
  void open() {
    sharing =
        AccessForTests.in(
                directory,
                QuotaSettings.of(quota -> quota == Quota.PROJECTS ? List.of("carl=2") : List.of()))
            .sharing();
  }

  private static Optional<Caller> caller(String name, Role role, String... groups) {
    return Optional.of(new Caller(name, Set.of(groups), role));
  }

  private Optional<Right> right(Optional<Caller> caller) {
    return sharing.right(caller, ID);
  }

  private void share(Map<String, Right> users, Map<String, Right> groups) {
    sharing.change(ID, before -> new Grants(before.owner(), users, groups));
  }

  @Test
  void aProjectIsItsCreatorsAndHiddenFromOthers() {
    sharing.claim(ID, user("ann"));
    assertEquals(Optional.of(Right.OWN), right(user("ann")));
    assertEquals(Optional.empty(), right(user("bob")));
    assertEquals(Optional.empty(), right(user("Ann")));
    assertEquals(Optional.of(Right.OWN), right(caller("root", Role.ADMINISTRATOR)));
    assertEquals(Optional.of(Right.VIEW), right(caller("eve", Role.AUDITOR)));
    assertEquals(Optional.of(Right.VIEW), right(caller("ann", Role.AUDITOR)));
    assertEquals(Optional.empty(), right(caller("ann", Role.NONE)));
    assertEquals(Optional.of(Right.OWN), right(Optional.empty()));
  }

  @Test
  void oneThatWasThereBeforeIsTheAdministrators() {
    assertEquals(Optional.empty(), right(user("ann")));
    assertEquals(Optional.of(Right.OWN), right(caller("root", Role.ADMINISTRATOR)));
    sharing.claim(ID, Optional.empty());
    assertEquals(Optional.empty(), right(user("ann")));
  }

  @Test
  void theStrongestOfWhatIsSharedCounts() {
    sharing.claim(ID, user("ann"));
    share(
        Map.of("bob", Right.VIEW),
        Map.of("net101", Right.OPERATE, "cn=tutors,dc=example", Right.EDIT));
    assertEquals(Optional.of(Right.VIEW), right(user("bob")));
    assertEquals(Optional.of(Right.OPERATE), right(user("bob", "NET101")));
    assertEquals(Optional.of(Right.EDIT), right(user("bob", "net101", "CN=Tutors,DC=example")));
    assertEquals(Optional.empty(), right(user("carl", "net102")));
    share(Map.of(), Map.of());
    assertEquals(Optional.empty(), right(user("bob", "NET101")));
  }

  @Test
  void anInstructorHelpsInProjectsOfTheirGroups() {
    sharing.claim(ID, user("ann", "students", "net101"));
    assertEquals(Optional.of(Right.EDIT), right(caller("tom", Role.INSTRUCTOR, "net101")));
    assertEquals(Optional.empty(), right(caller("tim", Role.INSTRUCTOR, "net102")));
    assertEquals(Optional.empty(), right(caller("tim", Role.INSTRUCTOR, "students")));
    assertEquals(Optional.empty(), right(user("bob", "net101")));
  }

  @Test
  void groupsOfADirectoryAreToldApartByTheirPlaces() {
    sharing.claim(ID, user("ann", "a", "cn=a,ou=x", "students", "cn=students,ou=y"));
    assertEquals(Optional.of(Right.EDIT), right(caller("tom", Role.INSTRUCTOR, "a", "CN=a,OU=x")));
    assertEquals(Optional.empty(), right(caller("tim", Role.INSTRUCTOR, "a", "cn=a,ou=z")));
    assertEquals(
        Optional.empty(), right(caller("tim", Role.INSTRUCTOR, "students", "cn=students,ou=y")));
  }

  @Test
  void everythingIsThereAgainAfterARestart() {
    sharing.claim(ID, user("ann", "net101"));
    share(Map.of("bob", Right.EDIT), Map.of());
    open();
    assertEquals(Optional.of(Right.OWN), right(user("ann", "net101")));
    assertEquals(Optional.of(Right.EDIT), right(user("bob")));
    open();
    assertEquals(Optional.of(Right.EDIT), right(caller("tom", Role.INSTRUCTOR, "net101")));
  }

  @Test
  void whoTakesAFreeIdInheritsNothing() {
    sharing.claim(ID, user("ann"));
    share(Map.of("bob", Right.EDIT), Map.of());
    sharing.forget(ID);
    assertEquals(Optional.empty(), right(user("ann")));
    sharing.claim(ID, user("carl"));
    assertEquals(Optional.empty(), right(user("bob")));
    assertEquals(Optional.of(Right.OWN), right(user("carl")));
  }

  @Test
  void nobodyGetsMoreProjectsThanMayBe() {
    sharing.claim("1", user("carl"));
    sharing.claim("2", user("carl"));
    LabException full = assertThrows(LabException.class, () -> sharing.claim("3", user("carl")));
    assertTrue(
        full.getMessage().startsWith("The limit of projects of carl is 2"), full.getMessage());
    sharing.forget("1");
    sharing.claim("3", user("carl"));
    sharing.claim("3", user("carl"));
    sharing.claim("4", user("ann"));
  }

  @Test
  void aBrokenFileGrantsNothingAndStays() throws Exception {
    Path file = Files.writeString(directory.resolve(ID + ".json"), "{\"owner\": \"ann\"");
    open();
    assertEquals(Optional.empty(), right(user("ann")));
    assertThrows(LabException.class, () -> share(Map.of(), Map.of()));
    assertEquals("{\"owner\": \"ann\"", Files.readString(file));
  }

  @Test
  void noIdLeadsOutOfTheDirectory() {
    sharing.claim("../../x", user("ann"));
    assertFalse(Files.exists(directory.resolve("../../x.json")));
    open();
    assertTrue(sharing.sees(user("ann"), "../../x"));
  }

  @Test
  void notificationsFollowWhatIsShared() {
    sharing.claim(ID, user("ann"));
    EventSight sight = new EventSight(sharing);
    JsonObject event =
        EventFeed.message(
            "project.updated", Json.createObjectBuilder().add("project_id", ID).build());
    JsonObject other =
        EventFeed.message("compute.updated", Json.createObjectBuilder().add("name", "x").build());
    Predicate<JsonObject> bobs = sight.ofServer(user("bob"));
    assertTrue(bobs.test(other));
    assertFalse(bobs.test(event));
    assertFalse(sight.ofProject(user("bob"), ID).test(other));
    share(Map.of("bob", Right.VIEW), Map.of());
    assertTrue(bobs.test(event));
    assertTrue(sight.ofServer(Optional.empty()).test(event));
  }

  @Test
  void whoMakesAProjectHearsOfItBeforeItIsThere() {
    JsonObject event =
        EventFeed.message("log.info", Json.createObjectBuilder().add("project_id", ID).build());
    EventSight sight = new EventSight(sharing);
    sharing.expect(ID, user("ann"));
    assertTrue(sight.ofServer(user("ann")).test(event));
    assertFalse(sight.ofServer(user("bob")).test(event));
    assertFalse(sharing.sees(user("ann"), ID));
    sharing.forgetMaker(ID);
    assertFalse(sight.ofServer(user("ann")).test(event));
  }
}
