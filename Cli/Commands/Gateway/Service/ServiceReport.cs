using OpenClaw.Cli.Output;
using OpenClaw.Cli.Services;
using OpenClaw.Cli.Startup;

namespace OpenClaw.Cli.Commands.Gateway.Service;

/// <summary>What can be done to a service.</summary>
internal enum ServiceVerb
{
    Install,
    Uninstall,
    Start,
    Stop,
    Restart,
}

/// <summary>Tells what was done to a service: in words, or as the JSON that scripts know from the original.</summary>
internal sealed class ServiceReport(CommandContext context, ServiceVerb verb, bool json)
{
    /// <summary>The verb as it is typed.</summary>
    public static string NameOf(ServiceVerb verb) => verb.ToString().ToLowerInvariant();

    /// <summary>Tells that it was done, or that there was nothing to do.</summary>
    /// <param name="result">A word for scripts: <c>installed</c>, <c>already-installed</c>, <c>not-loaded</c> …</param>
    /// <param name="lines">What was done, for people.</param>
    /// <param name="service">The service.</param>
    /// <param name="isLoaded">Whether it is installed now.</param>
    /// <param name="message">The one line for scripts that says why nothing was done.</param>
    /// <param name="hints">Commands that help.</param>
    /// <param name="warnings">What the user should know.</param>
    public async Task<int> DoneAsync(
        string result, IReadOnlyList<string> lines, IServiceSupervisor? service, bool isLoaded, string? message = null, IReadOnlyList<string>? hints = null, IReadOnlyList<string>? warnings = null)
    {
        if (!json)
        {
            foreach (var line in lines)
                await context.Out.WriteLineAsync(TerminalText.Harmless(line)).ConfigureAwait(false);
            foreach (var warning in warnings ?? [])
                await context.Error.WriteLineAsync("Warning: " + TerminalText.Harmless(warning)).ConfigureAwait(false);
            return 0;
        }
        await context.Out.WriteLineAsync(JsonText.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("action", NameOf(verb));
            writer.WriteBoolean("ok", true);
            writer.WriteString("result", result);
            if (message is not null)
                writer.WriteString("message", message);
            JsonLists.Write(writer, "hints", hints);
            if (service is not null)
            {
                writer.WriteStartObject("service");
                writer.WriteString("label", service.Label);
                writer.WriteBoolean("loaded", isLoaded);
                writer.WriteString("loadedText", service.LoadedText);
                writer.WriteString("notLoadedText", service.NotLoadedText);
                writer.WriteEndObject();
            }
            JsonLists.Write(writer, "warnings", warnings);
            writer.WriteEndObject();
        })).ConfigureAwait(false);
        return 0;
    }

    /// <summary>Tells that the service manager could not be asked.</summary>
    public Task<int> CheckFailedAsync(ServiceFailure failure) => FailAsync("Gateway service check failed: Error: " + failure.Message, failure);

    /// <summary>Tells that it was refused.</summary>
    /// <param name="failure">Why.</param>
    /// <param name="lines">What had been done before.</param>
    public Task<int> FailedAsync(ServiceFailure failure, IReadOnlyList<string>? lines = null) =>
        FailAsync($"Gateway {NameOf(verb)} failed: {failure.Message}", failure, lines);

    /// <summary>Tells that what was typed, or the surroundings, do not allow it.</summary>
    public Task<int> RefusedAsync(string message) => FailAsync(message, new ServiceFailure(ServiceFailureKind.Refused, message));

    private async Task<int> FailAsync(string message, ServiceFailure failure, IReadOnlyList<string>? lines = null)
    {
        if (json)
        {
            await context.Out.WriteLineAsync(JsonText.Write(writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("action", NameOf(verb));
                writer.WriteBoolean("ok", false);
                writer.WriteString("error", message);
                JsonLists.Write(writer, "hints", failure.Hints);
                writer.WriteEndObject();
            })).ConfigureAwait(false);
            return (int)failure.Kind;
        }
        foreach (var line in lines ?? [])
            await context.Out.WriteLineAsync(TerminalText.Harmless(line)).ConfigureAwait(false);
        await context.Error.WriteLineAsync(TerminalText.Harmless(message)).ConfigureAwait(false);
        foreach (var hint in failure.Hints)
            await context.Error.WriteLineAsync(TerminalText.Harmless(hint)).ConfigureAwait(false);
        return (int)failure.Kind;
    }
}
