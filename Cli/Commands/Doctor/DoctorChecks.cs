using OpenClaw.Cli.Commands.Doctor.Checks;

namespace OpenClaw.Cli.Commands.Doctor;

/// <summary>The checks, in the order of the report.</summary>
internal static class DoctorChecks
{
    public static IReadOnlyList<IDoctorCheck> All { get; } =
    [
        new ConfigFileCheck(),
        new LegacyKeysCheck(),
        new VariablesCheck(),
        new GatewaySecretCheck(),
        new GatewayStartCheck(),
        new StateDirectoryCheck(),
        new OtherStatesCheck(),
        new OldLayoutCheck(),
        new DiskCheck(),
        new ClockCheck(),
        new SessionsCheck(),
        new StateFilesCheck(),
        new LockFileCheck(),
        new GatewayHealthCheck(),
        new PortCheck(),
        new ServiceCheck(),
        new RedisCheck(),
        new ChannelSettingsCheck(),
        new ChannelStateCheck(),
        new ModelsCheck(),
        new StoredKeysCheck(),
        new ProgramsCheck(),
        new SecurityCheck(),
        new CompletionCheck(),
    ];
}
