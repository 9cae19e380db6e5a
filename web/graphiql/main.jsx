import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import 'graphiql/graphiql.css';
import { createRoot } from 'react-dom/client';

const socket = new URL('graphql/ws', location.href);
socket.protocol = socket.protocol.replace('http', 'ws');
const fetcher = createGraphiQLFetcher({ url: 'graphql', subscriptionUrl: socket.href });
createRoot(document.getElementById('graphiql')).render(<GraphiQL fetcher={fetcher} />);
