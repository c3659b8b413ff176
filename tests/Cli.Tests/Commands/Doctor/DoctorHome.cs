using System.Text.Json;
using OpenClaw.Cli.Tests.Support;

namespace OpenClaw.Cli.Tests.Commands.Doctor;

/// <summary>Runs the doctor on an instance and reads what it found.</summary>
internal static class DoctorHome
{
    /// <summary>An instance with which nothing is wrong.</summary>
    public static async Task<CliHome> HealthyAsync()
    {
        var home = new CliHome();
        home.Variables["ANTHROPIC_API_KEY"] = "sk-test-of-no-provider";
        home.WriteConfig(token: "5f1d0c9b8a7e6d5c4b3a29181706f5e4");
        await home.RunAsync("doctor", "--fix");
        return home;
    }

    public static async Task<(int ExitCode, JsonElement Report)> DoctorAsync(this CliHome home, params string[] flags)
    {
        var result = await home.RunAsync(["doctor", "--json", .. flags]);
        using var document = JsonDocument.Parse(result.Out);
        return (result.ExitCode, document.RootElement.Clone());
    }

    public static IEnumerable<string> Ids(this JsonElement report, string severity) =>
        report.GetProperty("findings").EnumerateArray().Where(finding => finding.GetProperty("severity").GetString() == severity).Select(static finding => finding.GetProperty("id").GetString()!);

    public static IEnumerable<string> Problems(this JsonElement report) => report.Ids("error").Concat(report.Ids("warning"));

    public static JsonElement Finding(this JsonElement report, string id) =>
        report.GetProperty("findings").EnumerateArray().First(finding => finding.GetProperty("id").GetString() == id);
}
