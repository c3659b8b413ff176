using OpenClaw.Cli.Diagnosis;

namespace OpenClaw.Cli.Commands.Doctor;

/// <summary>Looks at one thing. Looking changes nothing; what could be done about a finding is part of it.</summary>
internal interface IDoctorCheck
{
    /// <summary>What findings of this check stand under, e.g. <c>Configuration</c>.</summary>
    string Area { get; }

    /// <summary>Looks. Files may be missing or broken and others may not answer: that is what it is for.</summary>
    Task<IReadOnlyList<Finding>> LookAsync(Patient patient, CancellationToken cancellation);
}
