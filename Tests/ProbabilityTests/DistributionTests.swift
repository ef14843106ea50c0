import Probability
import Testing

/// Distribution functions against scipy 1.17.1 (scipy.stats: cdf, sf, pdf, ppf); relative tolerance 1e-12.
@Suite struct DistributionTests {
    struct Case: Sendable {
        let distribution: any ContinuousDistribution
        let x: Double
        let cumulative: Double
        let upper: Double
        let density: Double

        init(
            _ distribution: any ContinuousDistribution, x: Double, cumulative: Double, upper: Double, density: Double
        ) {
            self.distribution = distribution
            self.x = x
            self.cumulative = cumulative
            self.upper = upper
            self.density = density
        }
    }

    static func close(_ found: Double, _ expected: Double, _ tolerance: Double = 1e-12) -> Bool {
        abs(found - expected) <= tolerance * abs(expected) + 1e-300
    }

    @Test(arguments: cases)
    func matchesScipy(_ each: Case) {
        #expect(Self.close(each.distribution.cumulative(each.x), each.cumulative))
        #expect(Self.close(each.distribution.upperTail(each.x), each.upper))
        #expect(Self.close(each.distribution.density(each.x), each.density))
    }

    /// Quantiles invert whichever tail is smaller; tolerance 1e-10 of x, where the density does not vanish.
    @Test(arguments: cases)
    func quantilesInvert(_ each: Case) {
        guard each.density > 1e-100 else { return }
        if each.cumulative < 0.5 {
            #expect(Self.close(each.distribution.quantile(each.cumulative), each.x, 1e-10))
        } else {
            #expect(Self.close(each.distribution.upperQuantile(each.upper), each.x, 1e-10))
        }
    }

    @Test(arguments: normalQuantiles)
    func normalQuantile(_ p: Double, _ expected: Double) {
        #expect(Self.close(Normal.standardQuantile(p), expected, 1e-14))
    }

    @Test func edges() {
        #expect(Normal.standardQuantile(0) == -.infinity)
        #expect(Normal.standardQuantile(1) == .infinity)
        #expect(Normal.standardQuantile(1.5).isNaN)
        #expect(ChiSquared(degreesOfFreedom: 3).quantile(0) == 0)
        #expect(ChiSquared(degreesOfFreedom: 3).quantile(1) == .infinity)
        #expect(ChiSquared(degreesOfFreedom: 3).upperTail(0) == 1)
        #expect(FisherF(2, 3).upperTail(.infinity) == 0)
        #expect(StudentT(degreesOfFreedom: 4).quantile(0.5) == 0)
        #expect(StudentT(degreesOfFreedom: .infinity).quantile(0.975) == Normal.standardQuantile(0.975))
        #expect(IncompleteGamma(-1, 2).lower.isNaN)
    }

    static let normalQuantiles: [(Double, Double)] = [
        (1e-300, -37.0470962993612),
        (1e-20, -9.262340089798409),
        (1e-05, -4.264890793922825),
        (0.01, -2.3263478740408408),
        (0.05, -1.6448536269514729),
        (0.3, -0.5244005127080409),
        (0.8, 0.8416212335729143),
        (0.975, 1.959963984540054),
        (0.9999999, 5.199337582290661),
    ]

    static let cases: [Case] = [
        .init(
            Normal(mean: 0, standardDeviation: 1), x: -10.0, cumulative: 7.61985302416047e-24, upper: 1.0,
            density: 7.69459862670642e-23),
        .init(
            Normal(mean: 0, standardDeviation: 1), x: -1.5, cumulative: 0.06680720126885807, upper: 0.9331927987311419,
            density: 0.12951759566589174),
        .init(
            Normal(mean: 0, standardDeviation: 1), x: 0.3, cumulative: 0.6179114221889526, upper: 0.3820885778110474,
            density: 0.38138781546052414),
        .init(
            Normal(mean: 0, standardDeviation: 1), x: 2.0, cumulative: 0.9772498680518208, upper: 0.022750131948179195,
            density: 0.05399096651318806),
        .init(
            Normal(mean: 0, standardDeviation: 1), x: 5.0, cumulative: 0.9999997133484281, upper: 2.866515718791933e-07,
            density: 1.4867195147342979e-06),
        .init(
            Normal(mean: 2, standardDeviation: 0.5), x: -10.0, cumulative: 1.390392118549624e-127, upper: 1.0,
            density: 6.685428883588916e-126),
        .init(
            Normal(mean: 2, standardDeviation: 0.5), x: -1.5, cumulative: 1.279812543885835e-12,
            upper: 0.9999999999987201, density: 1.826944081672919e-11),
        .init(
            Normal(mean: 2, standardDeviation: 0.5), x: 0.3, cumulative: 0.00033692926567688086,
            upper: 0.9996630707343231, density: 0.00246443833694604),
        .init(
            Normal(mean: 2, standardDeviation: 0.5), x: 2.0, cumulative: 0.5, upper: 0.5, density: 0.7978845608028654),
        .init(
            Normal(mean: 2, standardDeviation: 0.5), x: 5.0, cumulative: 0.9999999990134123,
            upper: 9.865876450376946e-10, density: 1.2151765699646572e-08),
        .init(
            StudentT(degreesOfFreedom: 0.5), x: -30.0, cumulative: 0.058546841490053445, upper: 0.9414531585099466,
            density: 0.0009754555797728815),
        .init(
            StudentT(degreesOfFreedom: 0.5), x: -1.2, cumulative: 0.27962896306568225, upper: 0.7203710369343177,
            density: 0.09754813883936782),
        .init(
            StudentT(degreesOfFreedom: 0.5), x: 0.001, cumulative: 0.5002696761657562, upper: 0.49973032383424376,
            density: 0.2696758960804467),
        .init(
            StudentT(degreesOfFreedom: 0.5), x: 0.7, cumulative: 0.6572996687396166, upper: 0.3427003312603833,
            density: 0.16156373673950541),
        .init(
            StudentT(degreesOfFreedom: 0.5), x: 12.0, cumulative: 0.907469739465399, upper: 0.09253026053460106,
            density: 0.0038474182424763394),
        .init(
            StudentT(degreesOfFreedom: 1), x: -30.0, cumulative: 0.010606402405535426, upper: 0.9893935975944645,
            density: 0.00035328511230165463),
        .init(
            StudentT(degreesOfFreedom: 1), x: -1.2, cumulative: 0.22114206162369554, upper: 0.7788579383763045,
            density: 0.1304548713867995),
        .init(
            StudentT(degreesOfFreedom: 1), x: 0.001, cumulative: 0.5003183097800921, upper: 0.49968169021990794,
            density: 0.3183095678742228),
        .init(
            StudentT(degreesOfFreedom: 1), x: 0.7, cumulative: 0.6944001122142147, upper: 0.30559988778578523,
            density: 0.21363079609650384),
        .init(
            StudentT(degreesOfFreedom: 1), x: 12.0, cumulative: 0.9735353239404101, upper: 0.026464676059589878,
            density: 0.002195240594370971),
        .init(
            StudentT(degreesOfFreedom: 3), x: -30.0, cumulative: 4.067640213581979e-05, upper: 0.9999593235978642,
            density: 4.056827153650201e-06),
        .init(
            StudentT(degreesOfFreedom: 3), x: -1.2, cumulative: 0.15813105734905258, upper: 0.8418689426509474,
            density: 0.16780158735749698),
        .init(
            StudentT(degreesOfFreedom: 3), x: 0.001, cumulative: 0.5003675525152695, upper: 0.49963244748473046,
            density: 0.36755235191291924),
        .init(
            StudentT(degreesOfFreedom: 3), x: 0.7, cumulative: 0.7328365008476182, upper: 0.2671634991523818,
            density: 0.2715883590882466),
        .init(
            StudentT(degreesOfFreedom: 3), x: 12.0, cumulative: 0.9993774920996054, upper: 0.0006225079003946681,
            density: 0.00015308313075712676),
        .init(
            StudentT(degreesOfFreedom: 13), x: -30.0, cumulative: 1.086083645003321e-13, upper: 0.9999999999998914,
            density: 4.6438100951398535e-14),
        .init(
            StudentT(degreesOfFreedom: 13), x: -1.2, cumulative: 0.12577590065264507, upper: 0.8742240993473549,
            density: 0.18758561930133277),
        .init(
            StudentT(degreesOfFreedom: 13), x: 0.001, cumulative: 0.5003913509117455, upper: 0.4996086490882546,
            density: 0.3913507712605288),
        .init(
            StudentT(degreesOfFreedom: 13), x: 0.7, cumulative: 0.7518680629764614, upper: 0.2481319370235386,
            density: 0.3020551510801727),
        .init(
            StudentT(degreesOfFreedom: 13), x: 12.0, cumulative: 0.9999999895511956, upper: 1.044880441507649e-08,
            density: 1.0444131400964259e-08),
        .init(
            StudentT(degreesOfFreedom: 100), x: -30.0, cumulative: 4.190166279344164e-52, upper: 1.0,
            density: 1.258416336896589e-51),
        .init(
            StudentT(degreesOfFreedom: 100), x: -1.2, cumulative: 0.11648728360912083, upper: 0.8835127163908791,
            density: 0.19331150436629718),
        .init(
            StudentT(degreesOfFreedom: 100), x: 0.001, cumulative: 0.5003979461199483, upper: 0.49960205388005174,
            density: 0.3979459859731333),
        .init(
            StudentT(degreesOfFreedom: 100), x: 0.7, cumulative: 0.7572236967728134, upper: 0.2427763032271866,
            density: 0.3108999221815124),
        .init(
            StudentT(degreesOfFreedom: 100), x: 12.0, cumulative: 1.0, upper: 2.1975438578021966e-21,
            density: 1.0880231039210737e-20),
        .init(
            ChiSquared(degreesOfFreedom: 0.5), x: 0.25, cumulative: 0.6401572060830844, upper: 0.35984279391691565,
            density: 0.5789214074804598),
        .init(
            ChiSquared(degreesOfFreedom: 0.5), x: 3.0, cumulative: 0.9665835558410211, upper: 0.03341644415897894,
            density: 0.022702765440569903),
        .init(
            ChiSquared(degreesOfFreedom: 0.5), x: 21.0, cumulative: 0.9999987784749749, upper: 1.2215250251791618e-06,
            density: 6.510358363276197e-07),
        .init(
            ChiSquared(degreesOfFreedom: 0.5), x: 500.0, cumulative: 1.0, upper: 1.1674751609444908e-111,
            density: 5.85481864201016e-112),
        .init(
            ChiSquared(degreesOfFreedom: 0.5), x: 1300.0, cumulative: 1.0, upper: 1.094008300320018e-285,
            density: 5.476343418643998e-286),
        .init(
            ChiSquared(degreesOfFreedom: 1), x: 0.25, cumulative: 0.3829249225480261, upper: 0.6170750774519739,
            density: 0.704130653528599),
        .init(
            ChiSquared(degreesOfFreedom: 1), x: 3.0, cumulative: 0.9167354833364496, upper: 0.08326451666355042,
            density: 0.05139344326792309),
        .init(
            ChiSquared(degreesOfFreedom: 1), x: 21.0, cumulative: 0.9999954071662882, upper: 4.592833711753971e-06,
            density: 2.3972225728510414e-06),
        .init(
            ChiSquared(degreesOfFreedom: 1), x: 500.0, cumulative: 1.0, upper: 9.505397766554137e-111,
            density: 4.762166634146102e-111),
        .init(
            ChiSquared(degreesOfFreedom: 1), x: 1300.0, cumulative: 1.0, upper: 1.1303728441493301e-284,
            density: 5.656205145592364e-285),
        .init(
            ChiSquared(degreesOfFreedom: 7), x: 0.25, cumulative: 5.3879691850525265e-05, upper: 0.9999461203081494,
            density: 0.000733469430758957),
        .init(
            ChiSquared(degreesOfFreedom: 7), x: 3.0, cumulative: 0.11499776835684938, upper: 0.8850022316431506,
            density: 0.0925081978822616),
        .init(
            ChiSquared(degreesOfFreedom: 7), x: 21.0, cumulative: 0.9962298499488539, upper: 0.003770150051146164,
            density: 0.001480045216478233),
        .init(
            ChiSquared(degreesOfFreedom: 7), x: 500.0, cumulative: 1.0, upper: 8.0167910013494e-104,
            density: 3.968472195121894e-104),
        .init(
            ChiSquared(degreesOfFreedom: 7), x: 1300.0, cumulative: 1.0, upper: 1.663278402549843e-276,
            density: 8.284455136576361e-277),
        .init(
            ChiSquared(degreesOfFreedom: 40), x: 0.25, cumulative: 3.1650526333837596e-37, upper: 1.0,
            density: 2.5169745254765103e-35),
        .init(
            ChiSquared(degreesOfFreedom: 40), x: 3.0, cumulative: 3.2834341966136455e-16, upper: 0.9999999999999997,
            density: 2.033141393073454e-15),
        .init(
            ChiSquared(degreesOfFreedom: 40), x: 21.0, cumulative: 0.005790924956386752, upper: 0.9942090750436132,
            density: 0.002860092014821617),
        .init(
            ChiSquared(degreesOfFreedom: 40), x: 500.0, cumulative: 1.0, upper: 8.636144778513832e-81,
            density: 3.991306433058181e-81),
        .init(
            ChiSquared(degreesOfFreedom: 40), x: 1300.0, cumulative: 1.0, upper: 1.2070055271621877e-246,
            density: 5.858897797146582e-247),
        .init(ChiSquared(degreesOfFreedom: 1000), x: 0.25, cumulative: 0.0, upper: 1.0, density: 0.0),
        .init(ChiSquared(degreesOfFreedom: 1000), x: 3.0, cumulative: 0.0, upper: 1.0, density: 0.0),
        .init(ChiSquared(degreesOfFreedom: 1000), x: 21.0, cumulative: 0.0, upper: 1.0, density: 0.0),
        .init(
            ChiSquared(degreesOfFreedom: 1000), x: 500.0, cumulative: 4.0671656819977657e-44, upper: 1.0,
            density: 2.041621944330821e-44),
        .init(
            ChiSquared(degreesOfFreedom: 1000), x: 1300.0, cumulative: 0.9999999996110264,
            upper: 3.8897364994868366e-10, density: 4.611935248830555e-11),
        .init(
            FisherF(1, 1), x: 0.02, cumulative: 0.08943852195031553, upper: 0.9105614780496843,
            density: 2.206657637639966),
        .init(
            FisherF(1, 1), x: 0.6, cumulative: 0.4195693767448337, upper: 0.5804306232551663,
            density: 0.2568351850256249),
        .init(
            FisherF(1, 1), x: 1.7, cumulative: 0.5834784097728859, upper: 0.41652159022711416,
            density: 0.09041945863220699),
        .init(
            FisherF(1, 1), x: 9.0, cumulative: 0.7951672353008665, upper: 0.20483276469913345,
            density: 0.010610329539459685),
        .init(
            FisherF(2, 9), x: 0.02, cumulative: 0.019757889996281443, upper: 0.9802421100037185,
            density: 0.9759047555346759),
        .init(
            FisherF(2, 9), x: 0.6, cumulative: 0.4306353239990118, upper: 0.5693646760009882,
            density: 0.5023805964714609),
        .init(
            FisherF(2, 9), x: 1.7, cumulative: 0.763574830401863, upper: 0.23642516959813692,
            density: 0.17159891341800285),
        .init(
            FisherF(2, 9), x: 9.0, cumulative: 0.9928722188988935, upper: 0.007127781101106489,
            density: 0.0023759270337021647),
        .init(
            FisherF(5, 300), x: 0.02, cumulative: 0.00016425251469496337, upper: 0.999835747485305,
            density: 0.020234410722620746),
        .init(
            FisherF(5, 300), x: 0.6, cumulative: 0.3000116199170478, upper: 0.6999883800829523,
            density: 0.767071591459192),
        .init(
            FisherF(5, 300), x: 1.7, cumulative: 0.8656133287432495, upper: 0.13438667125675055,
            density: 0.23543448486116744),
        .init(
            FisherF(5, 300), x: 9.0, cumulative: 0.9999999446971601, upper: 5.530283980899813e-08,
            density: 1.1260602689630117e-07),
        .init(FisherF(80, 3), x: 0.02, cumulative: 2.6423402397484215e-18, upper: 1.0, density: 3.4243971043605043e-15),
        .init(
            FisherF(80, 3), x: 0.6, cumulative: 0.18080014142832243, upper: 0.8191998585716775,
            density: 0.6061788255324687),
        .init(
            FisherF(80, 3), x: 1.7, cumulative: 0.6244778680795864, upper: 0.37552213192041356,
            density: 0.22452154819111778),
        .init(
            FisherF(80, 3), x: 9.0, cumulative: 0.9533739052968689, upper: 0.04662609470313109,
            density: 0.0072457414902297864),
        .init(
            BetaDistribution(0.5, 0.5), x: 0.02, cumulative: 0.0903344706017331, upper: 0.909665529398267,
            density: 2.273642044169933),
        .init(
            BetaDistribution(0.5, 0.5), x: 0.3, cumulative: 0.36901011956554536, upper: 0.6309898804344546,
            density: 0.6946091180428566),
        .init(
            BetaDistribution(0.5, 0.5), x: 0.62, cumulative: 0.57714744645905, upper: 0.42285255354095,
            density: 0.6557865184150099),
        .init(
            BetaDistribution(0.5, 0.5), x: 0.9, cumulative: 0.7951672353008665, upper: 0.20483276469913342,
            density: 1.061032953945969),
        .init(
            BetaDistribution(2, 9), x: 0.02, cumulative: 0.016177640686423134, upper: 0.9838223593135769,
            density: 1.5313734406472137),
        .init(
            BetaDistribution(2, 9), x: 0.3, cumulative: 0.8506916541, upper: 0.14930834590000003,
            density: 1.556496269999999),
        .init(
            BetaDistribution(2, 9), x: 0.62, cumulative: 0.9989128780536904, upper: 0.00108712194630954,
            density: 0.02426068013280771),
        .init(
            BetaDistribution(2, 9), x: 0.9, cumulative: 0.9999999909, upper: 9.099999999999982e-09,
            density: 8.099999999999992e-07),
        .init(
            BetaDistribution(50, 30), x: 0.02, cumulative: 2.1093378870824494e-64, upper: 1.0,
            density: 5.2121874930528856e-61),
        .init(
            BetaDistribution(50, 30), x: 0.3, cumulative: 1.0115127138601095e-09, upper: 0.9999999989884872,
            density: 1.281677289140494e-07),
        .init(
            BetaDistribution(50, 30), x: 0.62, cumulative: 0.4557286687899538, upper: 0.544271331210046,
            density: 7.27630901140292),
        .init(
            BetaDistribution(50, 30), x: 0.9, cumulative: 0.9999999999615706, upper: 3.8429419346621865e-11,
            density: 9.525263744993621e-09),
        .init(
            GammaDistribution(shape: 0.1, scale: 2), x: 0.02, cumulative: 0.6626212599544796, upper: 0.3373787400455204,
            density: 3.2831171939496406),
        .init(
            GammaDistribution(shape: 0.1, scale: 2), x: 0.9, cumulative: 0.9350069348424679, upper: 0.06499306515753206,
            density: 0.06875520022235078),
        .init(
            GammaDistribution(shape: 0.1, scale: 2), x: 4.0, cumulative: 0.9943261760201885,
            upper: 0.005673823979811535, density: 0.003811653117654271),
        .init(
            GammaDistribution(shape: 0.1, scale: 2), x: 11.0, cumulative: 0.9999189798462964,
            upper: 8.102015370360907e-05, density: 4.6310904080187743e-05),
        .init(
            GammaDistribution(shape: 9, scale: 0.3), x: 0.02, cumulative: 6.750965466485438e-17,
            upper: 0.9999999999999999, density: 3.017693892744828e-14),
        .init(
            GammaDistribution(shape: 9, scale: 0.3), x: 0.9, cumulative: 0.003802992061675955, upper: 0.996197007938324,
            density: 0.027005039315604776),
        .init(
            GammaDistribution(shape: 9, scale: 0.3), x: 4.0, cumulative: 0.9145366511313194, upper: 0.08546334886868058,
            density: 0.13374422012131268),
        .init(
            GammaDistribution(shape: 9, scale: 0.3), x: 11.0, cumulative: 0.9999999877669975,
            upper: 1.2233002456927162e-08, density: 3.216611884655883e-08),
    ]
}
