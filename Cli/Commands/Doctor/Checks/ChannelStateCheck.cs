using OpenClaw.Cli.Diagnosis;
using OpenClaw.Cli.Output;

namespace OpenClaw.Cli.Commands.Doctor.Checks;

/// <summary>With <c>--deep</c>: what the running gateway says of each account of a channel.</summary>
internal sealed class ChannelStateCheck : IDoctorCheck
{
    public string Area => "Channels";

    public async Task<IReadOnlyList<Finding>> LookAsync(Patient patient, CancellationToken cancellation)
    {
        if (!patient.Options.Deep || (await patient.ProbeAsync().ConfigureAwait(false)).Answer("channels.status") is not { } status
            || status.Field("channelAccounts") is not { ValueKind: System.Text.Json.JsonValueKind.Object } channels)
        {
            return [];
        }
        var findings = new List<Finding>();
        foreach (var channel in channels.EnumerateObject().Where(static channel => channel.Value.ValueKind is System.Text.Json.JsonValueKind.Array))
        {
            foreach (var account in channel.Value.EnumerateArray().Where(static account => account.Flag("enabled") != false))
            {
                var name = TerminalText.HarmlessLine($"{channel.Name} {account.Text("accountId")}");
                if (account.Text("lastError") is { } error)
                    findings.Add(new Finding("channels.error", FindingSeverity.Warning, name + " has a problem", TerminalText.HarmlessLine(error)));
                else if (account.Flag("configured") == true && account.Flag("running") == false)
                    findings.Add(new Finding("channels.stopped", FindingSeverity.Warning, name + " is set up, and does not run", "The gateway gives no reason; its log may."));
            }
        }
        return findings;
    }
}
