using System.Collections;
using System.Runtime.InteropServices;
using OpenClaw.Gateway.Core.Configuration;

namespace OpenClaw.Gateway.Core.Services;

/// <summary>Reads what this process was started with. Nothing else reads the process environment; only composition roots call this.</summary>
public static partial class ProcessInputs
{
    /// <summary>The process's variables, directories and user.</summary>
    /// <param name="profile">Profile chosen on the command line, or null.</param>
    /// <param name="overrides">Variables that replace the process's own.</param>
    public static EnvironmentInputs Read(string? profile = null, params ReadOnlySpan<(string Name, string Value)> overrides)
    {
        var variables = new Dictionary<string, string>(OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
            variables[(string)variable.Key] = (string?)variable.Value ?? "";
        foreach (var (name, value) in overrides)
            variables[name] = value;
        return new EnvironmentInputs
        {
            Variables = variables,
            UserHomeDirectory = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
            CurrentDirectory = Environment.CurrentDirectory,
            TempDirectory = Path.GetTempPath(),
            UserId = OperatingSystem.IsWindows() ? null : GetUserId(),
            Profile = profile,
        };
    }

    [LibraryImport("libc", EntryPoint = "getuid")]
    private static partial uint GetUserId();
}
