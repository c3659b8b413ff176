using OpenClaw.Cli.Diagnosis;
using OpenClaw.Cli.Output;
using OpenClaw.Cli.Startup;

namespace OpenClaw.Cli.Commands.Doctor;

/// <summary>Asks whether to carry out a repair that replaces or moves something. Where nobody can be asked the answer is no.</summary>
internal sealed class Consent(CommandContext context, DoctorOptions options)
{
    private TextReader? _input;

    public async Task<bool> AskAsync(Finding finding, CancellationToken cancellation)
    {
        if (options.Yes || options.NonInteractive || options.Json || !context.Console.IsTerminal)
            return options.Yes;
        await context.Out.WriteAsync($"{finding.Title}. {Capital(TerminalText.HarmlessLine(finding.Repair!.Description))}? [y/N] ").ConfigureAwait(false);
        _input ??= context.OpenInput();
        var answer = await _input.ReadLineAsync(cancellation).ConfigureAwait(false);
        return answer?.Trim().ToLowerInvariant() is "y" or "yes";
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
