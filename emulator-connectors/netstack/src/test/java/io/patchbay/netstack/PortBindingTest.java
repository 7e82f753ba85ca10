package io.patchbay.netstack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.BindException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PortBindingTest {
  @Test
  void aPortThatIsTakenForAMomentIsBoundAfterIt() throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    String bound =
        PortBinding.patiently(
            () -> {
              if (attempts.incrementAndGet() < 3) {
                throw new BindException("taken");
              }
              return "bound";
            });
    assertEquals("bound", bound);
    assertEquals(3, attempts.get());
  }

  @Test
  void aPortThatStaysTakenIsRefusedInTheEnd() {
    BindException refused =
        assertThrows(
            BindException.class,
            () ->
                PortBinding.patiently(
                    () -> {
                      throw new BindException("taken by somebody else");
                    }));
    assertEquals("taken by somebody else", refused.getMessage());
  }
}
