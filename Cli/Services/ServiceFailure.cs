namespace OpenClaw.Cli.Services;

/// <summary>Why a service could not be looked after. The number is the exit code of the command; docs/operations.md has the table.</summary>
internal enum ServiceFailureKind
{
    /// <summary>The service manager, or the disk, refused.</summary>
    Refused = 1,

    /// <summary>There is no systemctl, launchctl or schtasks, or no service manager for this system at all.</summary>
    NoManager = 10,

    /// <summary>systemd is installed, but it did not start this system: a container, a chroot.</summary>
    NotBooted = 11,

    /// <summary>WSL that was started without systemd.</summary>
    WslWithoutSystemd = 12,

    /// <summary>The user has no session and no manager of its own: a root shell, <c>su</c>, a login that left nothing running.</summary>
    NoUserManager = 13,

    /// <summary>The user's manager should be there, but its bus cannot be reached.</summary>
    NoUserBus = 14,

    /// <summary>Not allowed: a directory that cannot be written, a system unit without root.</summary>
    NotPermitted = 15,

    /// <summary>In the place of the definition is something that is not this gateway's.</summary>
    NotOurs = 16,

    /// <summary>The service manager did not answer in time.</summary>
    NoAnswer = 17,

    /// <summary>What was asked for cannot be written as a definition: control characters in a path, a wrong port.</summary>
    Unusable = 18,
}

/// <summary>What went wrong, for the user.</summary>
/// <param name="Kind">Which kind.</param>
/// <param name="Message">One line.</param>
internal sealed record ServiceFailure(ServiceFailureKind Kind, string Message)
{
    /// <summary>What to do about it, a line each.</summary>
    public IReadOnlyList<string> Hints { get; init; } = [];

    /// <summary>The service manager could not even be asked.</summary>
    public bool IsUnavailable => Kind is ServiceFailureKind.NoManager or ServiceFailureKind.NotBooted or ServiceFailureKind.WslWithoutSystemd
        or ServiceFailureKind.NoUserManager or ServiceFailureKind.NoUserBus or ServiceFailureKind.NoAnswer;
}
