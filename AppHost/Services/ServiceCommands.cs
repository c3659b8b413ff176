namespace OpenClaw.AppHost.Services;

/// <summary>Commands of the dashboard, beside those that it has by itself (start, stop, restart).</summary>
internal static class ServiceCommands
{
    public const string ControlUi = "control-ui";

    public const string Readiness = "readiness";

    /// <summary>Shows whether the service can work, and if not, why.</summary>
    /// <param name="service">The service.</param>
    public static IResourceBuilder<ProjectResource> WithReadinessCommand(this IResourceBuilder<ProjectResource> service) =>
        service.WithHttpCommand("/readyz", "Readiness", commandName: Readiness, commandOptions: new HttpCommandOptions
        {
            Description = "Shows whether this service can work, and if not, why.",
            IconName = "HeartPulse",
            Method = HttpMethod.Get,
            GetCommandResult = async context =>
            {
                var answer = await context.Response.Content.ReadAsStringAsync(context.CancellationToken).ConfigureAwait(false);
                return CommandResults.Success(context.Response.IsSuccessStatusCode ? "Ready" : "Not ready", answer, CommandResultFormat.Json, displayImmediately: true);
            },
        });

    /// <summary>Shows a link to the Control UI with the token in it: behind the sign, where no server and no log sees it.</summary>
    /// <param name="edge">The edge.</param>
    /// <param name="token">The gateway's token.</param>
    public static IResourceBuilder<ProjectResource> WithControlUiCommand(this IResourceBuilder<ProjectResource> edge, IResourceBuilder<ParameterResource> token) =>
        edge.WithCommand(
            ControlUi,
            "Control UI with token",
            async context =>
            {
                var secret = await token.Resource.GetValueAsync(context.CancellationToken).ConfigureAwait(false);
                var address = $"{edge.GetEndpoint("http").Url}/#token={Uri.EscapeDataString(secret ?? "")}";
                return CommandResults.Success("The link signs you in: keep it to yourself.", $"[Open the Control UI]({address})", CommandResultFormat.Markdown, displayImmediately: true);
            },
            new CommandOptions
            {
                Description = "Shows a link that opens the Control UI and signs you in.",
                IconName = "WindowConsole",
                IsHighlighted = true,
                UpdateState = context => context.ResourceSnapshot.State?.Text == KnownResourceStates.Running ? ResourceCommandState.Enabled : ResourceCommandState.Disabled,
            });
}
