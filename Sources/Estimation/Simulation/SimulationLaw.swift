package import LinearAlgebra

/// Covariances that follow from a design.
extension SimulationDesign {
    /// The covariance of true effects as they are drawn: Λ, or without direct effects the Λ of τ_Y = βᵀτ_S.
    package var trueCovariance: Matrix {
        guard !hasDirectEffects else { return effectCovariance }
        var matrix = effectCovariance
        let indices = Array(1..<order)
        let block = effectCovariance.submatrix(rows: indices, columns: indices)
        matrix[0, 0] = block.quadraticForm(coefficients, coefficients)
        return matrix
    }

    /// The mean of true effects as they are drawn: without direct effects μ_Y = βᵀμ_S.
    package var trueMean: [Double] {
        hasDirectEffects ? mean : [dot(coefficients, Array(mean.dropFirst()))] + mean.dropFirst()
    }

    /// Of contrasts of unit length between arms of one experiment, which the control's noise leaves: Λ + Ω/n.
    var contrastCovariance: Matrix { trueCovariance + unitCovariance / Double(unitsPerArm) }

    /// Of an experiment's mean effect, (Λ + Ω/n)/m + Ω/n.
    var averageCovariance: Matrix {
        contrastCovariance / Double(arms) + unitCovariance / Double(unitsPerArm)
    }
}
