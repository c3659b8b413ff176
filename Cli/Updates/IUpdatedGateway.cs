namespace OpenClaw.Cli.Updates;

/// <summary>The gateway that an update is for.</summary>
internal interface IUpdatedGateway
{
    /// <summary>Starts it anew, with the version that is in use now. Why that failed, or null.</summary>
    Task<string?> RestartAsync();

    /// <summary>Waits until it answers with a version. Why it does not, or null.</summary>
    /// <param name="version">The version; null for whichever is in use.</param>
    Task<string?> ProblemOfAsync(string? version);
}
