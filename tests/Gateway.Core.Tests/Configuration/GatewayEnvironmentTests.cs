using OpenClaw.Gateway.Core.Configuration;

namespace OpenClaw.Gateway.Core.Tests.Configuration;

public sealed class GatewayEnvironmentTests
{
    [Fact]
    public void Create_Plain_UsesTheHomeDirectory()
    {
        using var home = new ConfigHome();
        var environment = home.Environment;
        Assert.Equal(home[".openclaw"], environment.StateDirectory);
        Assert.Equal(home[".openclaw", "openclaw.json"], environment.ConfigPath);
        Assert.Equal(home[".openclaw", "credentials"], environment.CredentialsDirectory);
        Assert.Equal(home[".openclaw", "workspace"], environment.DefaultWorkspace);
        Assert.Equal(home["tmp", "openclaw-1000"], environment.LockDirectory);
        Assert.Equal("openclaw", environment.CommandName);
        Assert.Equal(18789, environment.ResolvePort(null, null));
    }

    [Fact]
    public void Create_DevProfile_IsAWhollySeparateInstance()
    {
        using var home = new ConfigHome(profile: "dev");
        var environment = home.Environment;
        Assert.Equal(home[".openclaw-dev"], environment.StateDirectory);
        Assert.Equal(home[".openclaw-dev", "openclaw.json"], environment.ConfigPath);
        Assert.Equal(home[".openclaw", "workspace-dev"], environment.DefaultWorkspace);
        Assert.Equal(19001, environment.ResolvePort(null, 20000));
        Assert.True(environment.IsDevProfile);
        Assert.Equal(home[".openclaw-dev"], environment.Variables["OPENCLAW_STATE_DIR"]);
        Assert.Equal("openclaw --profile dev", environment.CommandName);
    }

    [Fact]
    public void Create_OtherProfile_KeepsTheDefaultPort()
    {
        using var home = new ConfigHome(profile: "rescue");
        Assert.Equal(home[".openclaw-rescue"], home.Environment.StateDirectory);
        Assert.Equal(18789, home.Environment.ResolvePort(null, null));
    }

    [Fact]
    public void Create_ProfileVariableWithoutTheFlag_ChangesNamesButNoState()
    {
        using var home = new ConfigHome(variables: new() { ["OPENCLAW_PROFILE"] = "x" });
        Assert.Equal(home[".openclaw"], home.Environment.StateDirectory);
        Assert.Equal(home[".openclaw", "workspace-x"], home.Environment.DefaultWorkspace);
        Assert.Equal("-x", home.Environment.ProfileSuffix);
    }

    [Fact]
    public void Create_DefaultProfile_HasNoSuffix()
    {
        using var home = new ConfigHome(profile: "default");
        Assert.Equal(home[".openclaw"], home.Environment.StateDirectory);
        Assert.Equal("", home.Environment.ProfileSuffix);
    }

    [Theory]
    [InlineData(".clawdbot", "clawdbot.json")]
    [InlineData(".moltbot", "moltbot.json")]
    [InlineData(".openclaw", "clawdbot.json")]
    public void Create_OlderInstall_IsFound(string directory, string file)
    {
        using var home = new ConfigHome();
        Directory.CreateDirectory(home[directory]);
        File.WriteAllText(home[directory, file], "{}");
        var environment = Again(home);
        Assert.Equal(home[directory], environment.StateDirectory);
        Assert.Equal(home[directory, file], environment.ConfigPath);
    }

    [Fact]
    public void Create_OldVariableNames_StillCount()
    {
        using var home = new ConfigHome(variables: new() { ["CLAWDBOT_STATE_DIR"] = "~/old", ["CLAWDBOT_GATEWAY_PORT"] = "20001" });
        Assert.Equal(home["old"], home.Environment.StateDirectory);
        Assert.Equal(20001, home.Environment.ResolvePort(null, 5));
    }

    [Fact]
    public void Create_DotEnvFiles_CompleteButNeverOverride()
    {
        using var home = new ConfigHome();
        Directory.CreateDirectory(home["state"]);
        File.WriteAllText(home[".env"], "OPENCLAW_STATE_DIR=~/state # here\nA=cwd\nexport Q=\"x\\ny # no\"\nHOME=/elsewhere\n");
        File.WriteAllText(home["state", ".env"], "A=state\nB='b b'\nZ_AI_API_KEY=z\n");
        var environment = Again(home);
        Assert.Equal(home["state"], environment.StateDirectory);
        Assert.Equal("cwd", environment.Variables["A"]);
        Assert.Equal("b b", environment.Variables["B"]);
        Assert.Equal("x\ny # no", environment.Variables["Q"]);
        Assert.Equal(home.Home, environment.Variables["HOME"]);
        Assert.Equal("z", environment.Variables["ZAI_API_KEY"]);
    }

    [Fact]
    public void Create_OpenClawHome_MovesTheHome()
    {
        using var home = new ConfigHome(variables: new() { ["OPENCLAW_HOME"] = "~/inner" });
        Assert.Equal(home["inner", ".openclaw"], home.Environment.StateDirectory);
        Assert.Equal("$OPENCLAW_HOME/.openclaw", home.Environment.Display(home.Environment.StateDirectory));
    }

    [Theory]
    [InlineData(7, "20000", 30000, 7)]
    [InlineData(null, "20000", 30000, 20000)]
    [InlineData(null, "none", 30000, 30000)]
    [InlineData(null, "0", 30000, 30000)]
    [InlineData(null, "70000", 30000, 30000)]
    [InlineData(null, null, null, 18789)]
    public void ResolvePort_Precedence_FlagVariableFileDefault(int? flag, string? variable, int? configured, int expected)
    {
        using var home = new ConfigHome(variables: variable is null ? [] : new() { ["OPENCLAW_GATEWAY_PORT"] = variable });
        Assert.Equal(expected, home.Environment.ResolvePort(flag, configured));
    }

    [Theory]
    [InlineData("true", "8080", null, 8080)]
    [InlineData("true", "8080", "20000", 20000)]
    [InlineData("true", "eighty", null, 18789)]
    [InlineData(null, "8080", null, 18789)]
    public void ResolvePort_InAContainer_IsThePlatforms(string? container, string port, string? own, int expected)
    {
        var variables = new Dictionary<string, string> { ["PORT"] = port };
        if (container is not null)
            variables["DOTNET_RUNNING_IN_CONTAINER"] = container;
        if (own is not null)
            variables["OPENCLAW_GATEWAY_PORT"] = own;
        using var home = new ConfigHome(variables: variables);

        Assert.Equal(expected, home.Environment.ResolvePort(null, null));
    }

    [Fact]
    public void Create_SearchPath_IsCompletedBehindTheUsersOwn()
    {
        using var home = new ConfigHome();
        Directory.CreateDirectory(home[".local", "bin"]);
        home.Variables["PATH"] = "/bin:/own";
        var path = Again(home).Variables["PATH"];
        Assert.StartsWith("/bin:/own:", path, StringComparison.Ordinal);
        Assert.Contains(home[".local", "bin"], path.Split(':'));
        Assert.DoesNotContain(home[".bun", "bin"], path.Split(':'));
        Assert.Single(path.Split(':'), "/bin");

        home.Variables["OPENCLAW_PATH_BOOTSTRAPPED"] = "1";
        Assert.Equal("/bin:/own", Again(home).Variables["PATH"]);
    }

    [Theory]
    [InlineData(18789, null, null, 18791, 18792, 18793, 18800, 18899)]
    [InlineData(19001, null, null, 19003, 19004, 19005, 19012, 19111)]
    [InlineData(19001, null, 20000, 19003, 19004, 20000, 19012, 19111)]
    [InlineData(19001, "21000", 20000, 19003, 19004, 21000, 19012, 19111)]
    [InlineData(65535, null, null, 18791, 18792, 18793, 18800, 18899)]
    public async Task DerivedPorts_Base_GivesTheOthers(int port, string? variable, int? canvas, int browser, int relay, int canvasPort, int first, int last)
    {
        using var home = new ConfigHome(
            canvas is null ? "{}" : $"{{ canvasHost: {{ port: {canvas} }} }}", variable is null ? [] : new() { ["OPENCLAW_CANVAS_HOST_PORT"] = variable });
        Assert.Equal(new DerivedPorts(port, browser, relay, canvasPort, first, last), DerivedPorts.For(port, await home.LoadAsync()));
    }

    private static GatewayEnvironment Again(ConfigHome home) => GatewayEnvironment.Create(new EnvironmentInputs
    {
        Variables = home.Variables,
        UserHomeDirectory = home.Home,
        CurrentDirectory = home.Home,
        TempDirectory = home["tmp"],
    });
}
