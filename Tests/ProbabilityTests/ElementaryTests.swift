import Probability
import Testing

/// Values of numpy 2.4.6 and scipy 1.17.1; tolerance 4 units in the last place, the two libraries' errors together.
@Suite struct ElementaryTests {
    @Test func matchesNumpy() {
        for (function, x, expected) in Self.cases {
            #expect(abs(function(x) - expected) <= 4 * expected.ulp)
        }
    }

    @Test func powers() {
        #expect(Elementary.pow(2, 10) == 1024)
        #expect(Elementary.atan2(1, -1) == 3 * Double.pi / 4)
    }

    static let cases: [(@Sendable (Double) -> Double, Double, Double)] = [
        (Elementary.exp, -700.5, 5.980196118639791e-305),
        (Elementary.exp, -1e-09, 0.999999999),
        (Elementary.exp, 0.3, 1.3498588075760032),
        (Elementary.exp, 88.8, 3.6757840844711625e+38),
        (Elementary.log, 1e-300, -690.7755278982137),
        (Elementary.log, 0.7, -0.35667494393873245),
        (Elementary.log, 1.0000001, 9.999999505838704e-08),
        (Elementary.log, 10000000000.0, 23.025850929940457),
        (Elementary.log1p, -0.9, -2.302585092994046),
        (Elementary.log1p, 1e-12, 9.999999999995e-13),
        (Elementary.log1p, 3.0, 1.3862943611198906),
        (Elementary.expm1, -30.0, -0.9999999999999064),
        (Elementary.expm1, 1e-12, 1.0000000000005e-12),
        (Elementary.expm1, 2.0, 6.38905609893065),
        (Elementary.sin, 0.1, 0.09983341664682815),
        (Elementary.sin, 3.0, 0.1411200080598672),
        (Elementary.sin, 100.0, -0.5063656411097588),
        (Elementary.cos, 0.1, 0.9950041652780258),
        (Elementary.cos, 3.0, -0.9899924966004454),
        (Elementary.cos, 100.0, 0.8623188722876839),
        (Elementary.tan, 0.1, 0.10033467208545055),
        (Elementary.tan, 1.5, 14.101419947171719),
        (Elementary.tan, 1.5707, 10381.327417569786),
        (Elementary.atan, -3.0, -1.2490457723982544),
        (Elementary.atan, 1e-09, 1e-09),
        (Elementary.atan, 1000000.0, 1.5707953267948966),
        (Elementary.tanh, -0.2, -0.197375320224904),
        (Elementary.tanh, 5.0, 0.9999092042625951),
        (Elementary.erf, 0.1, 0.1124629160182849),
        (Elementary.erf, 2.0, 0.9953222650189527),
        (Elementary.erfc, -1.0, 1.8427007929497148),
        (Elementary.erfc, 0.5, 0.4795001221869535),
        (Elementary.erfc, 9.0, 4.137031746513811e-37),
        (Elementary.lgamma, 0.01, 4.599479878042022),
        (Elementary.lgamma, 0.5, 0.5723649429247),
        (Elementary.lgamma, 3.3, 0.9870985778947343),
        (Elementary.lgamma, 100000.0, 1051287.7089736569),
    ]
}
