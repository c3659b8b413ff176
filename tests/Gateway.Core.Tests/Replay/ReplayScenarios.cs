using System.Text;

namespace OpenClaw.Gateway.Core.Tests.Replay;

/// <summary>What each recording needs to be replayed.</summary>
internal static class ReplayScenarios
{
    public const string TokenConfig = """{ gateway: { mode: "local", auth: { token: "tok-abc" } }, agents: { defaults: { model: { primary: "anthropic/claude-opus-4-6" } } } }""";
    private const string PasswordConfig = """{ gateway: { mode: "local", auth: { mode: "password", password: "pä55" }, controlUi: { allowInsecureAuth: true } } }""";

    private static readonly ReplayScenario Plain = new();
    private static readonly ReplayScenario Remote = new() { IsRemote = static _ => true };
    private static readonly ReplayScenario ControlUi = new() { Config = PasswordConfig, FromBrowser = true };

    private static readonly Dictionary<string, ReplayScenario> Special = new()
    {
        ["pw-ok"] = new() { Config = PasswordConfig },
        ["pw-none-with-device"] = new() { Config = PasswordConfig },
        ["pw-token-instead"] = new() { Config = PasswordConfig },
        ["pw-controlui-insecure-noauth"] = ControlUi,
        ["pw-controlui-insecure-nodevice"] = ControlUi,
        ["pw-controlui-insecure-wrongpw"] = ControlUi,
        ["pw-controlui-remote-device"] = ControlUi with { IsRemote = static _ => true },
        ["remote-device-no-nonce"] = Remote,
        ["remote-shared-token-no-device-ok"] = Remote,
        ["remote-device-pairing-required"] = new() { IsRemote = static name => name.StartsWith("remote", StringComparison.Ordinal), Seed = RecordedDevices.Seed },
        ["pair-local-after-remote-pending"] = new() { IsRemote = static name => name == "remote" },
        ["first-frame-binary-garbage"] = new() { Raw = new Dictionary<int, byte[]> { [2] = [0xff, 0x00, 0xfe, 0x01] } },
        ["first-frame-empty"] = new() { Raw = new Dictionary<int, byte[]> { [2] = [] } },
        ["first-frame-malformed-json"] = new() { Raw = new Dictionary<int, byte[]> { [2] = "{not json"u8.ToArray() } },
        ["first-frame-oversize"] = new() { Raw = new Dictionary<int, byte[]> { [2] = Padded("\"", 524_289, "\"") } },
        ["exact-limit-after-connect"] = new()
        {
            Raw = new Dictionary<int, byte[]> { [4] = Padded("""{"type":"req","id":"big","method":"last-heartbeat","params":{"t":" """.TrimEnd(), 524_288, "\"}}") },
        },
        ["oversize-after-connect"] = new()
        {
            Raw = new Dictionary<int, byte[]> { [5] = Padded("""{"type":"req","id":"big","method":"system-event","params":{"text":" """.TrimEnd(), 524_358, "\"}}") },
        },
        // Accepted here, so there is no close to wait for.
        ["connect-protocol-4"] = new() { Until = 3 },
        ["invalid-utf8-text"] = new() { Skip = new HashSet<int> { 5 }, Raw = new Dictionary<int, byte[]> { [4] = [(byte)'"', 0xc3, 0x28, (byte)'"'] } },
        ["handshake-timeout"] = new() { Advance = new Dictionary<int, TimeSpan> { [2] = TimeSpan.FromSeconds(10) } },
        ["ticks"] = new()
        {
            Config = PasswordConfig,
            Advance = new Dictionary<int, TimeSpan> { [11] = TimeSpan.FromSeconds(30), [13] = TimeSpan.FromSeconds(30) },
        },
        ["sigterm"] = new() { Config = PasswordConfig, StopBefore = 6 },
        ["subprotocol-and-path"] = new() { Config = PasswordConfig, SubProtocols = ["openclaw.v3", "other"], Path = "/any/path?x=1" },
        ["paths"] = new() { Config = PasswordConfig, NamesArePaths = true, SubProtocols = ["openclaw.v3", "other"] },
        ["fragmented-and-whitespace"] = new()
        {
            Unrecorded = new Dictionary<int, string[]>
            {
                [5] = ["  \r\n\t{\"type\":\"req\",", "\"id\":\"w1\",\"method\"", " : \"system-presence\"}\n  "],
            },
            Raw = new Dictionary<int, byte[]> { [6] = """{"type":"req","id":"dup1","method":"no.such","id":"dup2","method":"last-heartbeat"}"""u8.ToArray() },
            Skip = new HashSet<int> { 25 },
        },
        // Left out: the repeat while the run is under way, which fails here before it can be repeated.
        ["agent-no-model"] = new() { Skip = new HashSet<int> { 18, 19 } },
        // Left out: repeats after a wait of 20 seconds, a slash command, and the abort of a run that fails here before it can be aborted.
        ["chat-no-model"] = new()
        {
            AwaitBefore = new Dictionary<int, string> { [32] = "event chat.error" },
            Skip = Enumerable.Range(21, 11).Concat(Enumerable.Range(45, 9)).Concat(Enumerable.Range(56, 5)).ToHashSet(),
        },
        // Left out: a slash command under the same key.
        ["idempotency"] = new() { Skip = Enumerable.Range(12, 5).ToHashSet() },
        ["presence"] = new() { AfterNext = 38 },
        ["config"] = RecordedConfig.Config,
        ["config-patch-restart"] = RecordedConfig.ConfigPatchRestart,
        ["agents-crud"] = RecordedConfig.FromEnvironment,
        ["channels-plugins"] = RecordedConfig.ChannelsPlugins,
        ["skills-update"] = RecordedConfig.FromEnvironment,
        ["wizard"] = RecordedConfig.FromEnvironment,
        ["node-pairing"] = new() { Seed = RecordedNodes.BeforePairing },
        ["node-invoke"] = new() { Seed = RecordedNodes.BeforePairing, Early = (119, 116) },
        ["node-duplicate-connection"] = new() { Seed = RecordedNodes.BeforeDuplicate },
        ["node-no-device"] = new() { Seed = RecordedNodes.BeforeNoDevice },
        ["sessions"] = new() { Seed = RecordedSessions.Seed },
        ["mock-agent-run"] = new() { WithModel = true },
        ["mock-chat-send"] = new() { WithModel = true },
    };

    public static ReplayScenario Of(string file) => Special.GetValueOrDefault(file, Plain);

    private static byte[] Padded(string start, int length, string end) =>
        Encoding.UTF8.GetBytes(start + new string('x', length - start.Length - end.Length) + end);
}
