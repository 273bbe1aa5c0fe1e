package io.github.jdbcpglite.jdbc.internal.listen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The example of RFC 7677, section 3: user "user", password "pencil". */
class ScramExchangeTest {
    private static final String CLIENT_FIRST = "n,,n=user,r=rOprNGfwEbeRWgbNEkqO";
    private static final String SERVER_NONCE = "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
    private static final String CLIENT_FINAL =
            "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
                    + "p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=";

    /** The password's verifier with the salt and the iterations of the example. */
    private static final ScramVerifier VERIFIER =
            ScramVerifier.parse(
                            "SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ=="
                                    + "$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY="
                                    + ":wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=")
                    .orElseThrow();

    private static ScramExchange begin() {
        return ScramExchange.begin(VERIFIER, CLIENT_FIRST, SERVER_NONCE).orElseThrow();
    }

    @Test
    void answersAsTheRfcDoes() {
        ScramExchange exchange = begin();

        assertThat(exchange.serverFirst())
                .isEqualTo(
                        "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
                                + "s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096");
        assertThat(exchange.finish(CLIENT_FINAL))
                .contains("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=");
    }

    @Test
    void refusesAnotherProofNonceOrBinding() {
        assertThat(begin().finish(CLIENT_FINAL.replace("p=d", "p=e"))).isEmpty();
        assertThat(begin().finish(CLIENT_FINAL.replace("hvYD", "hvYE"))).isEmpty();
        assertThat(begin().finish(CLIENT_FINAL.replace("biws", "eSws"))).isEmpty();
        assertThat(begin().finish("c=biws,r=x,p=***")).isEmpty();
    }

    @Test
    void refusesEveryPasswordOfARoleThatDoesNotExist() {
        ScramVerifier mock = ScramVerifier.mock("user", new byte[32], 4096);
        ScramExchange exchange =
                ScramExchange.begin(mock, CLIENT_FIRST, SERVER_NONCE).orElseThrow();
        assertThat(exchange.finish(CLIENT_FINAL)).isEmpty();
    }

    /** A regular expression may use up the stack of the client's thread on such a text. */
    @Test
    void readsManyAttributes() {
        String many = CLIENT_FINAL.replace(",p=", ",x=y".repeat(2_400) + ",p=");
        assertThat(begin().finish(many)).isEmpty();
        assertThat(ScramExchange.canBegin("n,,n=,r=abc" + ",x=y".repeat(2_400))).isTrue();
        assertThat(ScramExchange.canBegin("n,,n=" + ",x=y".repeat(2_400))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "n,,", "n,,n=user", "p=tls-unique,,n=,r=abc", "n,,n=user,r=", "x"})
    void refusesWhatIsNoFirstMessage(String text) {
        assertThat(ScramExchange.begin(VERIFIER, text, SERVER_NONCE)).isEmpty();
    }

    @Test
    void readsOnlyItsOwnFormOfVerifier() {
        assertThat(ScramVerifier.parse("md53175bce1d3201d16594cebf9d7eb3f9d"))
                .isEqualTo(Optional.empty());
        assertThat(ScramVerifier.parse("SCRAM-SHA-256$4096:*$*:*")).isEqualTo(Optional.empty());
        assertThat(ScramVerifier.parse("SCRAM-SHA-256$4096:W22Z$WG5d:wfPL"))
                .as("keys that are too short")
                .isEqualTo(Optional.empty());
    }
}
