namespace OpenClaw.Gateway.Core.Configuration;

/// <summary>The order in which flags, variables, <c>.env</c> files and older installs decide where an instance lives.</summary>
internal static class GatewayEnvironmentBuilder
{
    private const string ConfigFileName = "openclaw.json";
    private static readonly string[] LegacyStateDirectories = [".clawdbot", ".moltbot", ".moldbot"];
    private static readonly string[] ConfigFileNames = [ConfigFileName, "clawdbot.json", "moltbot.json", "moldbot.json"];

    public static GatewayEnvironment Build(EnvironmentInputs inputs)
    {
        var variables = new Dictionary<string, string>(inputs.Variables, OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        var home = ResolveHome(variables, inputs);

        if (inputs.Profile is { Length: > 0 } profile)
            ApplyProfile(variables, profile, home);

        DotEnvFile.LoadInto(variables, Path.Combine(inputs.CurrentDirectory, ".env"));
        home = ResolveHome(variables, inputs);
        DotEnvFile.LoadInto(variables, Path.Combine(ResolveStateDirectory(variables, home), ".env"));
        if (Read(variables, "ZAI_API_KEY") is null && Read(variables, "Z_AI_API_KEY") is { } key)
            variables["ZAI_API_KEY"] = key;

        // The port that a container platform gives; on a desktop the name is anybody's. The first variable is one of .NET's images.
        if (Read(variables, "DOTNET_RUNNING_IN_CONTAINER") is "true" or "1" && Read(variables, "OPENCLAW_GATEWAY_PORT") is null && Read(variables, "PORT") is { } port)
            variables["OPENCLAW_GATEWAY_PORT"] = port;

        home = ResolveHome(variables, inputs);
        var state = ResolveStateDirectory(variables, home);
        SearchPath.Complete(variables, home);
        var activeProfile = Read(variables, "OPENCLAW_PROFILE");
        return new GatewayEnvironment
        {
            Variables = variables,
            HomeDirectory = home,
            StateDirectory = state,
            ConfigPath = ResolveConfigPath(variables, home, state),
            Profile = activeProfile,
            CredentialsDirectory = Read(variables, "OPENCLAW_OAUTH_DIR") is { } oauth ? UserPath.Resolve(oauth, home) : Path.Combine(state, "credentials"),
            DefaultWorkspace = Path.Combine(home, ".openclaw", "workspace" + ProfileName.SuffixOf(activeProfile)),
            LogDirectory = OperatingSystem.IsWindows() ? Path.Combine(inputs.TempDirectory, "openclaw") : "/tmp/openclaw",
            LockDirectory = Path.Combine(Path.TrimEndingDirectorySeparator(inputs.TempDirectory), inputs.UserId is { } uid ? $"openclaw-{uid}" : "openclaw"),
            UserId = inputs.UserId,
        };
    }

    private static void ApplyProfile(Dictionary<string, string> variables, string profile, string home)
    {
        variables["OPENCLAW_PROFILE"] = profile;
        if (Read(variables, "OPENCLAW_STATE_DIR") is null)
            variables["OPENCLAW_STATE_DIR"] = Path.Combine(home, ".openclaw" + ProfileName.SuffixOf(profile));
        if (Read(variables, "OPENCLAW_CONFIG_PATH") is null)
            variables["OPENCLAW_CONFIG_PATH"] = Path.Combine(UserPath.Resolve(variables["OPENCLAW_STATE_DIR"], home), ConfigFileName);
        if (string.Equals(profile, "dev", StringComparison.OrdinalIgnoreCase) && Read(variables, "OPENCLAW_GATEWAY_PORT") is null)
            variables["OPENCLAW_GATEWAY_PORT"] = GatewayEnvironment.DevProfilePort.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    private static string ResolveHome(Dictionary<string, string> variables, EnvironmentInputs inputs)
    {
        var user = Read(variables, "HOME") ?? Read(variables, "USERPROFILE") ?? inputs.UserHomeDirectory;
        var home = Read(variables, "OPENCLAW_HOME") is { } chosen ? UserPath.ExpandTilde(chosen, user) : user;
        return Path.GetFullPath(home, inputs.CurrentDirectory);
    }

    private static string ResolveStateDirectory(Dictionary<string, string> variables, string home)
    {
        if ((Read(variables, "OPENCLAW_STATE_DIR") ?? Read(variables, "CLAWDBOT_STATE_DIR")) is { } chosen)
            return UserPath.Resolve(chosen, home);
        var current = Path.Combine(home, ".openclaw");
        if (Directory.Exists(current))
            return current;
        return LegacyStateDirectories.Select(name => Path.Combine(home, name)).FirstOrDefault(Directory.Exists) ?? current;
    }

    private static string ResolveConfigPath(Dictionary<string, string> variables, string home, string state)
    {
        if ((Read(variables, "OPENCLAW_CONFIG_PATH") ?? Read(variables, "CLAWDBOT_CONFIG_PATH")) is { } chosen)
            return UserPath.Resolve(chosen, home);
        var directories = Read(variables, "OPENCLAW_STATE_DIR") is null && Read(variables, "CLAWDBOT_STATE_DIR") is null
            ? LegacyStateDirectories.Select(name => Path.Combine(home, name)).Prepend(state)
            : [state];
        return directories.SelectMany(directory => ConfigFileNames.Select(name => Path.Combine(directory, name))).FirstOrDefault(File.Exists)
            ?? Path.Combine(state, ConfigFileName);
    }

    private static string? Read(Dictionary<string, string> variables, string name)
    {
        var value = variables.GetValueOrDefault(name)?.Trim();
        return string.IsNullOrEmpty(value) ? null : value;
    }
}
