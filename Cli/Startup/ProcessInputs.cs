using System.Collections;
using System.Runtime.InteropServices;
using OpenClaw.Gateway.Core.Configuration;

namespace OpenClaw.Cli.Startup;

/// <summary>Reads what this process was started with. Nothing else reads the process environment.</summary>
internal static partial class ProcessInputs
{
    public static EnvironmentInputs Read(Invocation invocation)
    {
        var variables = new Dictionary<string, string>(OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
            variables[(string)variable.Key] = (string?)variable.Value ?? "";
        if (invocation.NoColor)
        {
            // For this process and those it starts.
            variables["NO_COLOR"] = "1";
            variables["FORCE_COLOR"] = "0";
        }
        return new EnvironmentInputs
        {
            Variables = variables,
            UserHomeDirectory = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
            CurrentDirectory = Environment.CurrentDirectory,
            TempDirectory = Path.GetTempPath(),
            UserId = OperatingSystem.IsWindows() ? null : GetUserId(),
            Profile = invocation.Profile,
        };
    }

    [LibraryImport("libc", EntryPoint = "getuid")]
    private static partial uint GetUserId();
}
