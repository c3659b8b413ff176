// Asks a gateway through the official library, in every way a program would, and prints one line of JSON per finding.
// Usage: node openai-sdk.mjs <base url> <token>
import OpenAI, { APIUserAbortError, AuthenticationError, BadRequestError, NotFoundError, InternalServerError } from "openai";

const [baseURL, apiKey] = process.argv.slice(2);
const client = new OpenAI({ baseURL, apiKey, maxRetries: 0 });
const model = "openclaw";
const found = {};
const chatTool = { type: "function", function: { name: "get_weather", description: "Weather of a city", parameters: { type: "object", properties: { city: { type: "string" } } } } };
const tool = { type: "function", name: "get_weather", description: "Weather of a city", strict: false, parameters: chatTool.function.parameters };
const call = '#tool get_weather {"city":"Bern"}';
const picture = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

const kind = async (action) => {
  try {
    await action();
    return "no error";
  } catch (error) {
    const known = [AuthenticationError, BadRequestError, NotFoundError, InternalServerError, APIUserAbortError].find((type) => error instanceof type);
    return `${known?.name ?? error.constructor.name} ${error.status ?? ""} ${error.code ?? ""}`.trim();
  }
};

found.models = [];
for await (const entry of client.models.list()) found.models.push(entry.id);
found.model = (await client.models.retrieve("openclaw:main")).id;

const whole = await client.chat.completions.create({ model, messages: [{ role: "user", content: "hi" }] });
found.chat = [whole.choices[0].message.content, whole.choices[0].finish_reason, whole.usage.total_tokens > 0];

const chunks = await client.chat.completions.create({ model, stream: true, stream_options: { include_usage: true }, messages: [{ role: "user", content: "#stream" }] });
let text = "", reason, usage;
for await (const chunk of chunks) {
  text += chunk.choices[0]?.delta?.content ?? "";
  reason = chunk.choices[0]?.finish_reason ?? reason;
  usage = chunk.usage ?? usage;
}
found.chatStream = [text, reason, usage.total_tokens > 0];

const messages = [{ role: "user", content: call }];
const asked = await client.chat.completions.create({ model, messages, tools: [chatTool] });
const wanted = asked.choices[0].message.tool_calls[0];
messages.push(asked.choices[0].message, { role: "tool", tool_call_id: wanted.id, content: "18 degrees" });
const told = await client.chat.completions.create({ model, messages, tools: [chatTool] });
found.chatTools = [asked.choices[0].finish_reason, wanted.function.name, wanted.function.arguments, told.choices[0].message.content];

const runner = client.chat.completions.runTools({ model, messages: [{ role: "user", content: call }], tools: [{ type: "function", function: { ...chatTool.function, parse: JSON.parse, function: ({ city }) => `rain in ${city}` } }] });
found.runTools = await runner.finalContent();

const streamed = await client.chat.completions.stream({ model, messages: [{ role: "user", content: call }], tools: [chatTool] }).finalChatCompletion();
found.streamedCall = streamed.choices[0].message.tool_calls[0].function.arguments;

const seen = await client.chat.completions.create({ model, messages: [{ role: "user", content: [{ type: "text", text: "what is this?" }, { type: "image_url", image_url: { url: picture } }] }] });
found.picture = seen.choices[0].message.content;

const response = await client.responses.create({ model, instructions: "Be brief.", input: "hi" });
found.response = [response.output_text, response.status, response.usage.total_tokens > 0];

const types = [];
const events = client.responses.stream({ model, input: "#stream" });
for await (const event of events) types.push(event.type);
found.responseStream = [(await events.finalResponse()).output[0].content[0].text, types[0], types.at(-1)];

const first = await client.responses.create({ model, input: call, tools: [tool] });
const item = first.output.find((entry) => entry.type === "function_call");
const second = await client.responses.create({ model, previous_response_id: first.id, tools: [tool], input: [{ type: "function_call_output", call_id: item.call_id, output: "18 degrees" }] });
found.responseTools = [item.name, item.arguments, second.output_text];

const looked = await client.responses.create({ model, input: [{ role: "user", content: [{ type: "input_text", text: "what is this?" }, { type: "input_image", detail: "auto", image_url: picture }] }] });
found.responsePicture = looked.output_text;

found.errors = [
  await kind(() => new OpenAI({ baseURL, apiKey: "wrong", maxRetries: 0 }).models.list()),
  await kind(() => client.chat.completions.create({ model: "openclaw:nobody", messages: [{ role: "user", content: "hi" }] })),
  await kind(() => client.chat.completions.create({ model, messages: [] })),
  await kind(() => client.chat.completions.create({ model, messages: [{ role: "user", content: "#402" }] })),
  await kind(() => client.responses.create({ model, input: "hi", previous_response_id: "resp_none" })),
  await kind(async () => {
    const slow = await client.chat.completions.create({ model, stream: true, messages: [{ role: "user", content: "#slow" }] });
    for await (const _ of slow) { slow.controller.abort(); break; }
    throw new APIUserAbortError();
  }),
];

for (const [name, value] of Object.entries(found)) console.log(JSON.stringify([name, value]));
